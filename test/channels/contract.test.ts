import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseState } from '../../src-main/contract/case'
import { AppError, isCancel } from '../../src-main/contract/errors'
import { everything } from '../../src-main/contract/filter'
import type { ImportProgress } from '../../src-main/contract/import'
import type { Answers } from '../../src-main/contract/query'
import { built, type Client, direct, type End, overPort, overSocket } from './ends'

const channels = { 'a direct call': direct, 'a MessagePort to a thread': overPort, 'a WebSocket': overSocket }

/** Joined with itself twice it gives 64 billion rows: no machine counts them before it is told to stop. */
const endless = "SELECT count(*) FROM event a, event b, event c WHERE a._id || b._id || c._id LIKE '%never%'"

const line = (at: number) =>
  JSON.stringify({
    time: new Date(Date.UTC(2026, 2, 9, 9, 0, at)).toISOString(),
    user: 'zoë 🗝',
    action: `act.${at % 5}`,
    ip: '198.51.100.7'
  })

const refusal = async (call: Promise<unknown>): Promise<AppError> => {
  const error = await call.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason
  )
  if (error instanceof AppError) return error
  throw error
}

beforeAll(built)

describe.each(Object.entries(channels))('the engine over %s', (_name, open) => {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-channel-'))
  const log = join(folder, 'Protokoll “März” 🗝.json')
  let end: End
  let one: Client
  let other: Client
  const progress: ImportProgress[] = []
  const states: (CaseState | null)[] = []
  const statesOfOther: (CaseState | null)[] = []

  beforeAll(async () => {
    writeFileSync(log, Array.from({ length: 4000 }, (_, at) => line(at)).join('\n'))
    end = await open(join(folder, 'home'))
    one = await end.client()
    other = await end.client()
    one.onEvents({ importProgress: (at) => progress.push(at), caseChanged: (state) => states.push(state) })
    other.onEvents({ caseChanged: (state) => statesOfOther.push(state) })
    await other.engine.about()
  })
  afterAll(async () => {
    await end.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('answers a call', async () => {
    const about = await one.engine.about()
    expect(about.version).toBe('0.1.0')
    expect(about.node).toBe(process.versions.node)
    expect(await one.engine.caseState()).toBeNull()
  })

  it('refuses with a code, a sentence and the file', async () => {
    const file = join(folder, 'not there.spoor')
    const error = await refusal(one.engine.openCase(file))
    expect([error.code, error.detail.file]).toEqual(['case_missing', file])
    expect(error.message).toContain(file)
    expect((await refusal(one.engine.ask({ select: 'count', filter: everything }))).code).toBe('no_case')
  })

  it('tells every client of progress and of what the case has become', async () => {
    await one.engine.createCase({ folder: join(folder, 'case.spoor') })
    const result = await one.engine.importPaths({ paths: [log] })
    expect([result.events, result.evidence[0]?.balanced]).toEqual([4000, true])
    await expect.poll(() => progress.at(-1)?.phase).toBe('done')
    expect(progress.at(-1)?.path).toBe(log)
    await expect.poll(() => states.at(-1)?.events).toBe(4000)
    await expect.poll(() => statesOfOther.at(-1)).toEqual(states.at(-1))
  })

  it('marks events for every client, and takes it back', async () => {
    const changes: string[] = []
    const quiet = other.onEvents({ workChanged: (what) => changes.push(what) })
    const { rows } = (await one.engine.ask({
      select: 'rows',
      filter: everything,
      fields: [],
      limit: 3
    })) as Answers['rows']
    const ids = rows.map(({ _id }) => _id)
    const marking = { mark: 'tag', tag: 'März 🗝' } as const
    const { change, events } = await one.engine.mark({ on: { events: ids }, marking })
    expect(events).toBe(3)
    await expect.poll(() => changes).toEqual(['marks'])
    const [first] = await other.engine.marksOf(ids)
    expect(first).toMatchObject({ _id: ids[0], tags: [{ tag: 'März 🗝' }], comments: [] })
    expect((await one.engine.undoMark(change)).events).toBe(3)
    expect((await other.engine.ask({ select: 'marks', filter: everything })) as Answers['marks']).toMatchObject({
      marked: 0
    })
    const stranger = one.engine.mark({ on: { events: ['0123456789ab-1'] }, marking: { mark: 'star' } })
    expect((await refusal(stranger)).code).toBe('record_missing')
    quiet()
  })

  it('keeps searches, saved queries and the session with the case', async () => {
    const changes: string[] = []
    const quiet = other.onEvents({ workChanged: (what) => changes.push(what) })
    const search = {
      id: 'a',
      from: null,
      at: '2026-03-09T09:00:00.000Z',
      query: 'zoë',
      found: 4000,
      view: { text: 'zoë' }
    }
    await one.engine.keepSearch(search)
    await one.engine.keepSearch({ ...search, id: 'b', from: 'a', query: 'zoë and act.1' })
    await one.engine.keepSearch({ ...search, found: 4001 })
    expect((await other.engine.searches()).map(({ id, from, found }) => [id, from, found])).toEqual([
      ['b', 'a', 4000],
      ['a', null, 4001]
    ])
    const saved = await one.engine.saveQuery({ kind: 'search', name: ' Zoë ', query: 'zoë', view: { columns: [] } })
    expect(await other.engine.savedQueries()).toEqual([saved])
    expect([saved.name, saved.view]).toEqual(['Zoë', { columns: [] }])
    const again = one.engine.saveQuery({ kind: 'search', name: 'zoë', query: 'x' })
    expect((await refusal(again)).message).toContain('“zoë”')
    await one.engine.removeSavedQuery(saved.id)
    expect(await other.engine.savedQueries()).toEqual([])
    await expect.poll(() => changes).toEqual(['saved', 'saved'])
    expect(await one.engine.session()).toBeNull()
    await one.engine.keepSession({ tabs: [{ page: 'map' }] })
    expect(await other.engine.session()).toEqual({ tabs: [{ page: 'map' }] })
    quiet()
  })

  it('keeps names and values as they are in any script', async () => {
    const { rows } = await one.engine.sql('SELECT DISTINCT "user.name" FROM event', 10)
    expect(rows).toEqual([['zoë 🗝']])
    const hard = '\u0000 \u2028 \ud83d\udddd "\\'
    const answer = await one.engine.sql(`SELECT chr(0) || ' ' || chr(8232) || ' ' || chr(128477) || ' "\\'`, 1)
    expect(answer.rows).toEqual([[hard]])
    expect((await other.engine.ledger())[0]?.name).toBe('Protokoll “März” 🗝.json')
  })

  it('answers with twenty million characters', async () => {
    const { rows } = await one.engine.sql("SELECT repeat('spoor', 200000) FROM range(20)", 100)
    expect(rows.length).toBe(20)
    expect(rows.every(([text]) => text === 'spoor'.repeat(200_000))).toBe(true)
  })

  it('cancels a long query, and answers others meanwhile', async () => {
    const long = refusal(one.engine.sql(endless, 1, 'long'))
    expect(await other.engine.ask({ select: 'count', filter: everything })).toMatchObject({ count: 4000 })
    await one.engine.cancel('long')
    expect(isCancel(await long)).toBe(true)
    expect(await one.engine.ask({ select: 'count', filter: everything }, 'long')).toMatchObject({ count: 4000 })
  })

  it('cancels the values of a field that wait for their turn', async () => {
    const before = Array.from({ length: 6 }, (_, at) => refusal(one.engine.sql(endless, 1, `before-${at}`)))
    const values = refusal(one.engine.values('user.name', 'z', 5, 'values'))
    await one.engine.cancel('values')
    const first = await Promise.race([values, new Promise((done) => setTimeout(() => done('still waiting'), 2000))])
    for (const at of before.keys()) await one.engine.cancel(`before-${at}`)
    expect((await Promise.all(before)).every(isCancel)).toBe(true)
    expect(isCancel(first)).toBe(true)
  })

  // A direct call has no channel that could mix clients up or break.
  if (open === direct) return

  it('lets a client cancel only its own, even if both chose one name', async () => {
    const long = refusal(one.engine.sql(endless, 1, 'same'))
    await other.engine.cancel('same')
    const first = await Promise.race([long, new Promise((done) => setTimeout(() => done('still running'), 300))])
    expect(first).toBe('still running')
    await one.engine.cancel('same')
    expect(isCancel(await long)).toBe(true)
  })

  it('has no call but those of the contract', async () => {
    const engine = one.engine as unknown as Record<string, () => Promise<unknown>>
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'shutdown']) {
      await expect(engine[name]?.()).rejects.toThrow(/not found/)
    }
  })

  it('fails what is under way when the channel breaks, says so, and goes on over a new one', async () => {
    const said: string[] = []
    one.onState((state, why) => said.push(why ? `${state}: ${why}` : state))
    const long = refusal(one.engine.sql(endless, 1, 'cut'))
    await one.engine.caseState()
    end.cut?.()
    const error = await long
    expect([error.code, error.message]).toEqual(['engine_gone', 'The engine is gone.'])
    expect(await one.engine.ask({ select: 'count', filter: everything })).toMatchObject({ count: 4000 })
    expect(said).toEqual(['lost: The engine is gone.', 'ready'])
  })
})
