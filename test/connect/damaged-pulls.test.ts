import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Log, plainEvents, plainToken } from '../servers/pages'
import { shown } from './engine'
import { killed, killedPull } from './killed-pull'
import { plain } from './plain'

/** A case with a pull that was closed. */
async function pulled() {
  const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const made = await plain(log)
  const { id } = await made.engine.pull({ connection: 'plain' })
  const own = join(made.folder, 'pulls', id)
  const openAgain = async () => {
    await made.engine.closeCase()
    await made.engine.openCase(made.folder)
  }
  const wrong = async () =>
    (await made.engine.verify()).checks.filter(({ clean }) => !clean).map(({ what, found }) => `${what}: ${found}`)
  return { ...made, id, own, journal: join(own, 'requests.jsonl'), openAgain, wrong }
}

/** Without its part being known as whole, as a process leaves it that is killed while it grows. */
const unended = (journal: string): string => readFileSync(journal, 'utf8').replace(/\{"part":.*\n(.*\n)*/, '')

const partIn = (own: string): string => join(own, readdirSync(own).find((name) => name.endsWith('0001.json')) ?? '')

describe('a pull that was killed, of which bytes were lost', () => {
  it('stands in the way of no new one, and is told', async () => {
    const { engine, own, journal } = await killed()
    writeFileSync(journal, unended(journal))
    truncateSync(partIn(own), 10)
    const report = await engine.pull({ connection: 'plain' })
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 500, complete: true }] })
    expect(await shown(engine)).toBe(500)
    const [before] = await engine.pulls()
    expect(before).toMatchObject({ id: killedPull, state: 'interrupted' })
    expect(before?.refused.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /0001\.json has 10 bytes, but its journal tells of \d+: it was changed\. Begin a new pull\.$/
      )
    ])
  })

  it('is not gone on with where its part is gone', async () => {
    const { engine, own, journal } = await killed()
    writeFileSync(journal, unended(journal))
    unlinkSync(partIn(own))
    await expect(engine.resumePull(killedPull)).rejects.toMatchObject({ code: 'evidence_damaged' })
  })

  it('is not gone on with behind a line that cannot be read, and keeps what it has', async () => {
    const { engine, own, journal } = await killed()
    const lines = readFileSync(journal, 'utf8').split('\n')
    const damaged = lines.with(2, '{"request":').join('\n')
    writeFileSync(journal, damaged)
    const part = partIn(own)
    const bytes = readFileSync(part)
    await expect(engine.resumePull(killedPull)).rejects.toMatchObject({
      code: 'evidence_damaged',
      message: `${journal} was changed: line 3 cannot be read. Begin a new pull.`
    })
    expect(readFileSync(part)).toEqual(bytes)
    expect(readFileSync(journal, 'utf8')).toBe(damaged)
    expect(await engine.pull({ connection: 'plain' })).toMatchObject({ state: 'complete', streams: [{ events: 500 }] })
  })
})

describe('a case with pulls', () => {
  it.each([
    '{"connections": [',
    '{}',
    '{"connections": [null]}',
    '{"connections": [{"id": "plain", "name": "Plain"}]}'
  ])('is opened though the connections cannot be read, with all that had come: %s', async (damaged) => {
    const { engine, folder, home } = await killed()
    await engine.closeCase()
    const file = join(home, 'connections.json')
    writeFileSync(file, damaged)
    await engine.openCase(folder)
    expect(await shown(engine)).toBe(500)
    await expect(engine.connections()).rejects.toMatchObject({
      code: 'settings_invalid',
      message: expect.stringContaining(`${file} is damaged`)
    })
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  })

  it('is as it was though the application was killed before a pull had asked for anything', async () => {
    const { wrong, folder, journal } = await pulled()
    const other = join(folder, 'pulls', 'plain-20261121-130000')
    mkdirSync(other)
    writeFileSync(join(other, 'requests.jsonl'), '')
    expect(await wrong()).toEqual([])
    // Of this one the chain of custody tells that it was closed.
    unlinkSync(join(journal, '..', 'pull.json'))
    chmodSync(journal, 0o600)
    truncateSync(journal)
    expect(await wrong()).toEqual([expect.stringContaining('the journal of its requests')])
  })

  it.each([
    [
      'lacks all but its name',
      (kept: object) => ({ report: { ...named(kept), startedAt: '2026-11-21T12:00:00.000Z' } })
    ],
    ['has no streams that can be read', (kept: object) => ({ ...kept, report: { ...named(kept), streams: [null] } })]
  ])('is opened though what it keeps of one %s: its journal says it', async (_, damage) => {
    const { openAgain, engine, own, id } = await pulled()
    const file = join(own, 'pull.json')
    writeFileSync(file, JSON.stringify(damage(JSON.parse(readFileSync(file, 'utf8')))))
    await openAgain()
    expect(await engine.pulls()).toMatchObject([{ id, streams: [{ events: 500 }], refused: [] }])
  })

  it('takes no file for a pull', async () => {
    const { wrong, folder } = await pulled()
    writeFileSync(join(folder, 'pulls', '.DS_Store'), '')
    expect(await wrong()).toEqual([])
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'pulls', 'astray'))
    expect(await wrong()).toEqual(['astray: the journal of its requests: it cannot be read'])
  })
})

const named = (kept: object) => (kept as { readonly report: { readonly id: string } }).report

describe('a pull that was closed', () => {
  it('is found out where its journal was changed, though nothing says any more that it was closed', async () => {
    const { wrong, own, journal } = await pulled()
    unlinkSync(join(own, 'pull.json'))
    expect(await wrong()).toEqual([])
    chmodSync(journal, 0o600)
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"status":200', '"status":201'))
    expect(await wrong()).toEqual([expect.stringContaining('SHA-256 of the journal of its requests')])
  })

  it('stays closed where a file was put beside it', async () => {
    const { engine, own, id, openAgain, wrong } = await pulled()
    const other = join(own, 'plain-events-20261121-120000-0001.json')
    writeFileSync(other, '[{"id":"other"}]')
    await openAgain()
    const [pull] = await engine.pulls()
    expect(pull).toMatchObject({ id, state: 'complete', refused: [{ path: other }] })
    expect(readFileSync(other, 'utf8')).toBe('[{"id":"other"}]')
    expect(await shown(engine)).toBe(500)
    expect(await wrong()).toEqual([])
  })

  it('is not gone on with where its journal was changed since', async () => {
    const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
    const { engine, folder } = await plain(log, {
      trouble: (number) => (number > 2 ? { status: 403, body: {} } : undefined)
    })
    const { id } = await engine.pull({ connection: 'plain' })
    const journal = join(folder, 'pulls', id, 'requests.jsonl')
    chmodSync(journal, 0o600)
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"status":200', '"status":201'))
    await expect(engine.resumePull(id)).rejects.toMatchObject({ code: 'evidence_damaged' })
    expect((await engine.verify()).clean).toBe(false)
  })
})

describe('a part that is nowhere', () => {
  it('is asked for again by the next pull, and told', async () => {
    const { engine, own } = await killed()
    const part = partIn(own)
    rmSync(part)
    expect(await engine.pull({ connection: 'plain' })).toMatchObject({ state: 'complete', streams: [{ events: 500 }] })
    expect((await engine.pulls())[0]).toMatchObject({ id: killedPull, refused: [{ path: part }] })
  })

  it('is told, and not counted as in the case', async () => {
    const { engine, own, progress } = await killed()
    const part = partIn(own)
    rmSync(part)
    const report = await engine.resumePull(killedPull)
    expect(report.refused).toEqual([{ path: part, message: `${part} is missing.` }])
    expect(progress.at(-1)).toMatchObject({ state: 'complete', events: 500, imported: 0 })
  })
})
