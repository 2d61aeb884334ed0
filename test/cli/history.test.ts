import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, root, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-history-'))
const folder = join(home, 'c.spoor')
const run = (...args: string[]) => spoor(home, [...args, '--case', folder])
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out)
const find = async (query: string): Promise<string> => (await json('search', query)).events[0]._id

beforeAll(async () => {
  built()
  const logs = ['1-march-newest-first.json', '2-april-lines.jsonl', '3-may-newest-first.json', '4-june-server.log']
  const { code } = await run('import', ...logs.map((name) => join(root, 'test/fixtures/rebuilt', name)))
  expect(code).toBe(0)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('spoor show', () => {
  it('says what a rebuilt state before rests on: its event, and its age', async () => {
    const id = await find('change.fields:email event.action:user.update')
    const { out } = await run('show', id)
    expect(out).toMatch(
      /^Change \(rebuilt; last told by [0-9a-f]{12}-4: user\.update by a0000000-0000-4000-8000-00000000000a, 2026-03-01T08:00:00\.000Z, 31 days before\)$/m
    )
    expect(out).toMatch(/^email +"ada@example\.com" +"ada@evil\.example"$/m)
    expect((await json('show', id)).change).toMatchObject({ basis: 'rebuilt', origin: { age: 31 * 86_400_000 } })
  })

  it('shows a set as far as it is known, and that nobody knows who was in it before', async () => {
    const { out } = await run('show', await find('event.action:realm_role_mapping.delete'))
    expect(out).toContain('who was there before the log began is not known')
    expect(out).toMatch(/^roles\[\] +"viewer" +–$/m)
    expect(out).toMatch(/^Also there, as far as known: admin$/m)
  })

  it('calls a masked value masked, and a state before that no record has not logged', async () => {
    const { out } = await run('show', await find('event.action:client.update event.outcome:failure'))
    expect(out).toMatch(/^Change \(after only; before: not logged\)$/m)
    expect(out).toMatch(/^secret +not logged +"\*+" masked$/m)
  })
})

describe('spoor history', () => {
  it('lists all states of the object, the event asked for marked', async () => {
    const id = await find('event.action:user.delete')
    const { out, err, code } = await run('history', id)
    expect([code, err]).toEqual([0, '7 events tell of USER ada2\n'])
    const lines = out.trimEnd().split('\n')
    expect(
      lines
        .slice(1)
        .map((line) => [line.startsWith('>'), /(whole state|gone), before [a-z]+( logged)?/.exec(line)?.[0]])
    ).toEqual([
      [false, 'whole state, before not logged'],
      [false, 'whole state, before rebuilt'],
      [false, 'whole state, before rebuilt'],
      [false, 'whole state, before rebuilt'],
      [true, 'gone, before rebuilt'],
      [false, 'whole state, before rebuilt'],
      [false, 'whole state, before rebuilt']
    ])
    const { states, at } = await json('history', id)
    expect([states.length, at, states[at].tells]).toEqual([7, 4, 'gone'])
  })

  it('compares the states after two events', async () => {
    const [first, last] = [await find('user.update @timestamp:2026-03'), await find('user.update @timestamp:2026-06')]
    const { out } = await run('history', first, last)
    expect(out.split('\n')).toEqual([
      `From the state after ${first} to the state after ${last}`,
      'Path      Before  After',
      'username  "ada"   "ada2"',
      'enabled   true    false',
      ''
    ])
    const { change } = await json('history', first, last)
    expect(change.entries.filter(({ same }: { same?: true }) => !same)).toHaveLength(2)
  })

  it('says that two events are not of one object, and that an event is missing', async () => {
    const [user, client] = [await find('user.delete'), await find('client.update')]
    expect(await run('history', user, client)).toMatchObject({ code: 2, out: '' })
    expect(await run('history', '000000000000-1')).toMatchObject({ code: 1, out: '' })
    expect(await run('history')).toMatchObject({ code: 2, out: '' })
  })
})
