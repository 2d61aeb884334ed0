import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, log, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-cli-marks-'))
const folder = join(home, 'case.spoor')
const run = (...args: string[]) => spoor(home, [...args, '--case', folder])
const found = async (query: string) => JSON.parse((await run('count', query, '--json')).out).total as number
let ids: string[] = []

beforeAll(async () => {
  built()
  expect((await run('import', log)).code).toBe(3)
  const { events } = JSON.parse((await run('search', '', '--json')).out)
  ids = events.map(({ _id }: { _id: string }) => _id)
  expect(ids.length).toBe(4)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('marks on the command line', () => {
  it('go on events by their ids, and are listed with who put them there', async () => {
    const { code, out, err } = await run(
      'mark',
      ids[0] as string,
      ids[1] as string,
      '--star',
      '--tag',
      'keys',
      '--json'
    )
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        changes: [
          { change: 1, events: 2 },
          { change: 2, events: 2 }
        ]
      }
    ])
    expect(err).toBe('2 events marked, change 1\n2 events marked, change 2\n')
    const listed = JSON.parse((await run('marks', '--json')).out)
    expect(listed).toMatchObject({
      total: 2,
      events: [
        {
          _id: ids[0],
          star: { by: expect.any(String), at: expect.any(String) },
          tags: [{ tag: 'keys' }],
          comments: []
        },
        { _id: ids[1], tags: [{ tag: 'keys' }] }
      ]
    })
    expect((await run('marks', 'tag:keys')).out).toMatch(/^@timestamp .* star {2}tags {2}comments {2}_id *\n/)
  })

  it('go on all that match, and are taken back by the number of the change', async () => {
    const { err } = await run('mark', '--where', 'event.action:DeleteUser', '--comment', 'by whom?')
    expect(err).toBe('1 event marked, change 3\n')
    expect(await found('comment:whom')).toBe(1)
    await run('mark', '--undo', '3')
    expect(await found('is:commented')).toBe(0)
    await run('mark', '--where', '', '--remove', '--star')
    expect([await found('is:starred'), await found('tag:keys')]).toEqual([0, 2])
    await run('mark', '--where', '', '--remove')
    expect(await found('is:marked')).toBe(0)
    expect((await run('verify')).code).toBe(0)
  })

  it('say what is missing', async () => {
    const none = await run('mark', '--star')
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('Which events?')])
    const nothing = await run('mark', ids[0] as string)
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining('What is put on them?')])
    const stranger = await run('mark', '0123456789ab-1', '--star')
    expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining('There is no event 0123456789ab-1')])
  })

  it('are taken back by themselves, not beside another change', async () => {
    const both = await run('mark', '--undo', '1', '--star')
    expect([both.code, both.err]).toEqual([2, expect.stringContaining('--undo takes a change back and nothing else')])
    const named = await run('mark', ids[0] as string, '--undo', '1')
    expect(named.code).toBe(2)
  })
})
