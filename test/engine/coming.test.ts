import { spawn } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync
} from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { absenceOf } from '../../src-main/contract/absence'
import type { CaseState } from '../../src-main/contract/case'
import { everything, oneOf } from '../../src-main/contract/filter'
import type { Answers } from '../../src-main/contract/query'
import type { Engine } from '../../src-main/contract/rpc'
import { createEngine } from '../../src-main/engine/engine'
import { engineIn, temporaryFolder } from './folder'

/** Of the same length each, so that files tell how many they hold. */
const line = (n: number, more: object = {}) =>
  JSON.stringify({
    id: `id-${String(n).padStart(7, '0')}`,
    time: 1773049267120 + n * 1000,
    type: 'LOGIN',
    realmId: 'acme',
    clientId: 'shop',
    userId: `user-${n % 7}`,
    ipAddress: '203.0.113.9',
    details: { username: `ada.${n % 7}`, note: 'x'.repeat(700) },
    ...more
  })

/** A log of so many events, about a kilobyte each. */
function large(path: string, events: number, first = 0): string {
  const file = openSync(path, 'w')
  for (let at = 0; at < events; at += 2000) {
    const lines = Array.from({ length: Math.min(2000, events - at) }, (_, n) => `${line(first + at + n)}\n`)
    writeSync(file, lines.join(''))
  }
  closeSync(file)
  return path
}

const events = 60_000
async function countOf(engine: Engine): Promise<number | undefined> {
  const answer = await engine.ask({ select: 'count', filter: everything })
  return 'count' in answer ? answer.count : undefined
}
const custodyOf = (folder: string): { did: string; detail: Record<string, unknown> }[] =>
  readFileSync(join(folder, 'custody.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text))

/** An engine with a case of one event, which tells when a file has begun to come. */
async function withCase() {
  const folder = await temporaryFolder()
  let begun: (state: CaseState) => void = () => {}
  const coming = new Promise<CaseState>((done) => {
    begun = done
  })
  const engine = engineIn(folder, undefined, (state) => state?.coming && begun(state))
  const state = await engine.createCase({ name: 'c' })
  const first = join(folder, 'first.jsonl')
  writeFileSync(first, `${line(events + 1)}\n`)
  await engine.importPaths({ paths: [first] })
  return { folder, engine, at: state.folder, coming }
}

describe('a large file', () => {
  it('can be explored while the rest of it is imported, and is whole in the end', async () => {
    const { folder, engine, at, coming } = await withCase()
    const path = large(join(folder, 'large.jsonl'), events)
    const importing = engine.importPaths({ paths: [path] })
    const state = await coming
    expect(state.coming?.name).toBe('large.jsonl')
    const soFar = state.coming?.events ?? 0
    expect(soFar).toBeGreaterThan(20_000)
    expect(soFar).toBeLessThan(events)
    expect(state.events).toBe(soFar + 1)
    expect(state.evidence).toBe(1)

    const found = await engine.ask({
      select: 'rows',
      filter: oneOf('event.id', 'id-0000005'),
      fields: ['user.name'],
      limit: 5
    })
    const [row] = 'rows' in found ? found.rows : []
    expect(row).toMatchObject({ 'user.name': 'ada.5' })
    const id = row && '_id' in row ? String(row._id) : ''
    const shown = await engine.show(id)
    expect(shown.record).toMatchObject({ text: line(5), name: 'large.jsonl', record: 6, line: 6 })
    await expect(
      engine.evidenceBytes({ evidence: shown.record.evidence, at: { offset: 0 }, length: 9 })
    ).rejects.toThrow('large.jsonl is still being imported: its bytes can be looked at when all of it is in.')
    expect(await engine.ledger()).toHaveLength(1)
    expect(await engine.mark({ on: { events: [id] }, marking: { mark: 'star' } })).toMatchObject({ events: 1 })

    const { evidence } = await importing
    expect(evidence[0]).toMatchObject({
      records: events,
      events,
      duplicates: 0,
      balanced: true,
      bytes: statSync(path).size
    })
    expect(await engine.caseState()).toMatchObject({ events: events + 1, evidence: 2 })
    expect((await engine.caseState())?.coming).toBeUndefined()
    // Who had an event open goes on reading it under the name that it has now.
    const same = await engine.show(id)
    expect(same.event._id).toBe(`${evidence[0]?.sha256.slice(0, 12)}-6`)
    expect(same.record.text).toBe(line(5))
    const { bytes } = await engine.evidenceBytes({ evidence: shown.record.evidence, at: { line: 6 }, length: 12 })
    expect(Buffer.from(bytes, 'base64').toString()).toBe('{"id":"id-00')
    expect(await engine.sql('SELECT _id FROM mark', 5)).toMatchObject({ rows: [[same.event._id]] })
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
    // So does who has a link from then, or reads in the chain of custody which event was marked.
    await engine.openCase(at)
    expect((await engine.show(id)).event._id).toBe(same.event._id)
    const custody = custodyOf(at)
    expect(custody.find(({ did }) => did === 'marked')?.detail).toMatchObject({ ids: [id] })
    const { cameAs } = custody.find(({ detail }) => detail['name'] === 'large.jsonl')?.detail ?? {}
    expect(id).toBe(`${String(cameAs).slice(0, 12)}-6`)
  })

  it('says nothing of what it covers before all of it is in', async () => {
    const { folder, engine, coming } = await withCase()
    const importing = engine.importPaths({ paths: [large(join(folder, 'large.jsonl'), events)] })
    await coming
    const before = '2026-03-01T00:00:00.000Z'
    const covered = async () => {
      const { sources } = (await engine.ask({ select: 'coverage', bins: 1, to: before })) as Answers['coverage']
      return sources.map((source) => absenceOf(source, { Free: 7 }, { to: before })?.kind)
    }
    expect(await covered()).toEqual(['coming'])
    await importing
    expect(await covered()).toEqual(['before'])
  })

  it('is shown as it comes also when it is as long as one in the case, as the parts of a log are that was split', async () => {
    const folder = await temporaryFolder()
    const came = new Set<string>()
    const engine = engineIn(folder, undefined, (state) => state?.coming && came.add(state.coming.name))
    await engine.createCase({ name: 'c' })
    const paths = ['first', 'second'].map((part, at) => large(join(folder, `${part}.jsonl`), events, at * events))
    expect(statSync(paths[0] as string).size).toBe(statSync(paths[1] as string).size)
    for (const path of paths) {
      const { evidence } = await engine.importPaths({ paths: [path] })
      expect(evidence[0]).toMatchObject({ events, duplicates: 0, balanced: true })
    }
    expect([...came]).toEqual(['first.jsonl', 'second.jsonl'])
  })

  it('gives records with their exact places across the parts it came in', async () => {
    const { folder, engine } = await withCase()
    const path = join(folder, 'large.jsonl')
    large(path, events)
    appendFileSync(path, `{"id": "broken\n\n${line(1)}\n${line(events, { error: 'last' })}`)
    const { evidence } = await engine.importPaths({ paths: [path] })
    expect(evidence[0]).toMatchObject({
      records: events + 4,
      events: events + 2,
      unreadable: 1,
      blank: 1,
      duplicates: 1,
      balanced: true
    })
    const bytes = readFileSync(path)
    const sha256 = evidence[0]?.sha256 ?? ''
    for (const number of [1, 26_000, 33_333, 50_001, events, events + 1, events + 4]) {
      const [record] = await engine.records({ evidence: sha256, limit: 1, offset: number - 1 })
      const { offset, length, line: at, record: of } = record?.place ?? { offset: 0, length: 0, line: 0, record: 0 }
      expect(bytes.subarray(offset, offset + length).toString()).toBe(record?.text)
      expect([at, of]).toEqual([number, number])
    }
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it('leaves nothing behind when it is canceled, and what comes next has the numbers it would have had', async () => {
    const { folder, engine, at, coming } = await withCase()
    const path = large(join(folder, 'large.jsonl'), events)
    const before = statSync(join(at, 'case.duckdb')).size
    const importing = engine.importPaths({ paths: [path] })
    const { events: most } = await coming
    expect(most).toBeGreaterThan(20_000)
    await engine.cancelImport()
    expect(await importing).toMatchObject({ evidence: [], canceled: true })

    expect(await engine.caseState()).toMatchObject({ events: 1, evidence: 1 })
    expect((await engine.caseState())?.coming).toBeUndefined()
    expect(await countOf(engine)).toBe(1)
    expect(await engine.sql('SELECT count(*), max(record) FROM record', 1)).toMatchObject({ rows: [[1, 1]] })
    expect(readdirSync(join(at, 'evidence'))).toHaveLength(1)
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
    expect(statSync(join(at, 'case.duckdb')).size).toBeLessThan(before + (4 << 20))
    expect(custodyOf(at).findLast(({ did }) => did !== 'searched')).toMatchObject({
      did: 'canceled',
      detail: { paths: [path] }
    })

    const small = join(folder, 'small.jsonl')
    writeFileSync(small, `${line(7)}\n${line(8)}\n`)
    const { evidence } = await engine.importPaths({ paths: [small] })
    const shown = await engine.show(`${evidence[0]?.sha256.slice(0, 12)}-2`)
    expect(shown.record.text).toBe(line(8))
    await engine.openCase(at)
    expect((await engine.show(`${evidence[0]?.sha256.slice(0, 12)}-2`)).record.text).toBe(line(8))
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it('is taken out wholly however often it is canceled, also while it is being taken out', async () => {
    const { folder, engine, at, coming } = await withCase()
    const importing = engine.importPaths({ paths: [large(join(folder, 'large.jsonl'), events)] })
    await coming
    const canceling = setInterval(() => void engine.cancelImport(), 1)
    const result = await importing.finally(() => clearInterval(canceling))
    expect(result).toMatchObject({ evidence: [], refused: [], canceled: true })
    expect(await engine.caseState()).toMatchObject({ events: 1, evidence: 1 })
    const small = join(folder, 'small.jsonl')
    writeFileSync(small, `${line(7)}\n${line(8)}\n`)
    expect(await engine.importPaths({ paths: [small] })).toMatchObject({ events: 2, refused: [] })
    await engine.openCase(at)
    expect(await engine.caseState()).toMatchObject({ events: 3, evidence: 2 })
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it('is taken out wholly even while the case is read, before anything comes after it', async () => {
    const { folder, engine, at, coming } = await withCase()
    const path = large(join(folder, 'large.jsonl'), events)
    const importing = engine.importPaths({ paths: [path] })
    await coming
    // A question that takes longer than the cancel waits for.
    const slow = engine.sql('SELECT count(*) FROM record a, record b WHERE hash(a.text, b.text) = 1', 1, 'slow')
    slow.catch(() => {})
    await engine.cancelImport()
    await importing
    expect(await countOf(engine)).toBe(1)
    const small = join(folder, 'small.jsonl')
    writeFileSync(small, `${line(7)}\n${line(8)}\n`)
    const next = engine.importPaths({ paths: [small] })
    setTimeout(() => engine.cancel('slow'), 1000)
    const { evidence } = await next
    await expect(slow).rejects.toMatchObject({ code: 'canceled' })
    await engine.openCase(at)
    const id = `${evidence[0]?.sha256.slice(0, 12)}-1`
    expect((await engine.show(id)).record.text).toBe(line(7))
    expect(await engine.sql('SELECT max(rowid) + 1 = count(*) FROM entry', 1)).toMatchObject({ rows: [[true]] })
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it('is taken out when it changes while it is copied, and the next file goes in', async () => {
    const { folder, engine } = await withCase()
    const path = large(join(folder, 'growing.jsonl'), events)
    const other = join(folder, 'other.jsonl')
    writeFileSync(other, `${line(7)}\n${line(8)}\n`)
    const block = readFileSync(path)
    for (let times = 0; times < 5; times++) appendFileSync(path, block)
    const growing = setInterval(() => appendFileSync(path, `${line(1)}\n`), 5)
    const { evidence, refused } = await engine
      .importPaths({ paths: [path, other] })
      .finally(() => clearInterval(growing))
    expect(refused).toMatchObject([{ path, code: 'file_changed' }])
    expect(evidence.map(({ name }) => name)).toEqual(['other.jsonl'])
    expect((await engine.show(`${evidence[0]?.sha256.slice(0, 12)}-1`)).record.text).toBe(line(7))
    expect(await countOf(engine)).toBe(3)
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it('of which the application ended half way is gone when the case is opened again, which custody tells', async () => {
    const { folder, engine, at } = await withCase()
    const path = large(join(folder, 'large.jsonl'), events)
    await engine.closeCase()
    const program = resolve(import.meta.dirname, '../../out/main/cli.js')
    const child = spawn(process.execPath, [program, 'import', path, '--case', at], {
      stdio: 'ignore',
      env: { ...process.env, SPOOR_HOME: join(folder, 'home') }
    })
    const gone = new Promise((done) => child.once('exit', done))
    // What was shown first is in its place in the database, and the rest is under way.
    const before = sizeOf(at)
    while (sizeOf(at) < before + (4 << 20) && child.exitCode === null) await new Promise((done) => setTimeout(done, 2))
    child.kill('SIGKILL')
    await gone

    const reopened = createEngine({
      home: join(folder, 'home'),
      resources: resolve(import.meta.dirname, '../../resources'),
      version: 'test',
      events: { importProgress() {}, caseChanged() {}, workChanged() {}, pullProgress() {} }
    })
    try {
      expect(await reopened.openCase(at)).toMatchObject({ events: 1, evidence: 1 })
      expect(await reopened.sql('SELECT count(*) FROM record', 1)).toMatchObject({ rows: [[1]] })
      expect(readdirSync(join(at, 'scratch'))).toEqual([])
      expect(readdirSync(join(at, 'evidence'))).toHaveLength(1)
      expect(custodyOf(at).findLast(({ did }) => did !== 'searched')).toMatchObject({
        did: 'canceled',
        detail: { paths: [path], because: 'Spoor ended while this was imported' }
      })
      expect((await reopened.importPaths({ paths: [path] })).evidence[0]).toMatchObject({
        records: events,
        balanced: true
      })
      expect((await reopened.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
    } finally {
      await reopened.closeCase()
    }
  })
})

describe('files one after another', () => {
  it('can be explored as each is in, before all are', async () => {
    const folder = await temporaryFolder()
    const states: CaseState[] = []
    const engine = engineIn(folder, undefined, (state) => state && states.push(state))
    await engine.createCase({ name: 'c' })
    const paths = [0, 1, 2, 3].map((n) => large(join(folder, `${n}.jsonl`), 2500, 2500 * n))
    await engine.importPaths({ paths })
    expect(states.map((state) => state.events)).toEqual(expect.arrayContaining([0, 2500, 10_000]))
    expect(states.every(({ coming }) => coming === undefined)).toBe(true)
  })

  it('are listed at any depth as they are now, not as they were when it was looked there first', async () => {
    const { folder, engine } = await withCase()
    const deep = async () => {
      const sort = { field: '@timestamp', descending: false } as const
      const asked = {
        select: 'rows',
        filter: everything,
        sort,
        fields: ['event.id'],
        limit: 3,
        offset: 12_000
      } as const
      const { rows } = (await engine.ask(asked)) as Answers['rows']
      return rows.map((row) => row['event.id'])
    }
    await engine.importPaths({ paths: [large(join(folder, 'b.jsonl'), 15_000, 10_000)] })
    expect(await deep()).toEqual(['id-0022000', 'id-0022001', 'id-0022002'])
    await engine.importPaths({ paths: [large(join(folder, 'a.jsonl'), 10_000)] })
    expect(await deep()).toEqual(['id-0012000', 'id-0012001', 'id-0012002'])
  })
})

const sizeOf = (folder: string) => statSync(join(folder, 'case.duckdb')).size
