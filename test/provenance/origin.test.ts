import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../src-main/contract/event'
import type { EventDetail, Origin } from '../../src-main/contract/event-detail'
import { originLines } from '../../src-main/contract/origin-text'
import { engineIn, temporaryFolder } from '../engine/folder'

const definition = `id: test.door
title: Doors
read: { as: json }
recognise: { all: [door, at] }
event:
  '@timestamp': { from: at, as: epoch_s }
  event.id: [uid, number]
  event.action: { sql: "record->>'door' || '.' || (record->'did'->>'what')" }
  event.outcome: result
  event.category: { sql: "CASE record->>'door' WHEN 'vault' THEN 'data' END" }
  user.name: [badge.owner, badge.holder, who]
  user.type: kind
  source.ip: from
  http.response.status_code: code
  labels.floor: floor
  labels.wing: [wing, side]
change: { diff: set, before: was, after: is }
categories:
  'door.open*': session
  '*.shut': system
types:
  '*.open*': start
outcomes:
  '*.forced': failure
samples: []
`

/** A case with these records, each shown in full. */
async function shown(...records: object[]): Promise<EventDetail[]> {
  const folder = await temporaryFolder()
  mkdirSync(join(folder, 'home/sources'), { recursive: true })
  writeFileSync(join(folder, 'home/sources/test.door.yaml'), definition)
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  writeFileSync(join(folder, 'doors.jsonl'), records.map((record) => JSON.stringify(record)).join('\n'))
  const { evidence, refused } = await engine.importPaths({ paths: [join(folder, 'doors.jsonl')], source: 'test.door' })
  expect(refused).toEqual([])
  const id = evidence[0]?.sha256.slice(0, 12)
  return Promise.all(records.map((_, at) => engine.show(`${id}-${at + 1}`)))
}

const from = (detail: EventDetail | undefined, field: Field): Partial<Origin> | undefined => {
  const { source, file, line, ...rule } = detail?.provenance[field] ?? { source: '' }
  return source === '' ? undefined : rule
}
const plain = { door: 'door', at: 1773049267, did: { what: 'opened' } }

describe('where a field comes from', () => {
  it('is the path, with the conversion and the value as logged where it is written otherwise', async () => {
    const [detail] = await shown(plain)
    expect(detail?.event['@timestamp']).toBe('2026-03-09T09:41:07.000Z')
    expect(detail?.provenance['@timestamp']).toEqual({
      path: 'at',
      as: 'epoch_s',
      logged: '1773049267',
      source: 'test.door',
      file: 'test.door.yaml',
      line: 6
    })
    expect(from(detail, 'event.time_text')).toEqual({ path: 'at', note: 'as the log wrote it' })
  })

  it('is, of several paths, the first that is present, and those before it are named', async () => {
    const [second, third] = await shown(
      { ...plain, badge: { owner: '', holder: 'ada' }, who: 'bob' },
      { ...plain, badge: { owner: null }, who: 'bob' }
    )
    expect(from(second, 'user.name')).toEqual({ path: 'badge.holder', lacking: ['badge.owner'] })
    expect(from(third, 'user.name')).toEqual({ path: 'who', lacking: ['badge.owner', 'badge.holder'] })
  })

  it('is the SQL, with what it reads and what the log has there', async () => {
    const [detail] = await shown(plain)
    expect(from(detail, 'event.action')).toEqual({
      sql: "record->>'door' || '.' || (record->'did'->>'what')",
      read: [
        { path: 'door', logged: 'door' },
        { path: 'did.what', logged: 'opened' }
      ]
    })
  })

  it('is the pattern that the action fits, but only where the field’s own rule gives nothing', async () => {
    const [pattern, own] = await shown(plain, { ...plain, door: 'vault' })
    expect(from(pattern, 'event.category')).toEqual({
      sql: 'event.action door.opened fits door.open* of categories'
    })
    expect(pattern?.provenance['event.category']?.line).toBe(19)
    expect(own?.event['event.category']).toBe('data')
    expect(from(own, 'event.category')).toEqual({
      sql: "CASE record->>'door' WHEN 'vault' THEN 'data' END",
      read: [{ path: 'door', logged: 'vault' }]
    })
    expect(from(own, 'event.type')).toEqual({ sql: 'event.action vault.opened fits *.open* of types' })
  })

  it('is the outcome’s spelling where that is known, and the action where it is not', async () => {
    const [spelled, forced] = await shown(
      { ...plain, result: 'SUCCESSFUL' },
      { ...plain, result: 'perhaps', did: { what: 'forced' } }
    )
    expect(from(spelled, 'event.outcome')).toEqual({ path: 'result', as: 'outcome', logged: 'SUCCESSFUL' })
    expect(forced?.event['event.outcome']).toBe('failure')
    expect(from(forced, 'event.outcome')).toEqual({ sql: 'event.action door.forced fits *.forced of outcomes' })
  })

  it('is the address without its port, or the text that is no address', async () => {
    const [address, host] = await shown({ ...plain, from: '[2001:DB8::9]:443' }, { ...plain, from: 'gate-3' })
    expect(address?.event['source.ip']).toBe('2001:db8::9')
    expect(from(address, 'source.ip')).toEqual({ path: 'from', as: 'address', logged: '[2001:DB8::9]:443' })
    expect(from(host, 'source.address')).toEqual({
      path: 'from',
      note: 'no address that can be looked up, so kept as it is'
    })
    expect(host?.unconverted).toEqual({})
  })

  it('is, of a place, the geo-IP database and its edition', async () => {
    const [detail] = await shown({ ...plain, from: '91.32.232.199' })
    expect(detail?.provenance['source.geo.country_iso_code']).toMatchObject({ sql: 'looked up by source.ip' })
    expect(detail?.provenance['source.geo.country_iso_code']?.source).toMatch(/^DB-IP.* \d{4}-\d{2}-\d{2}$/)
  })

  it('is the type of the user, for whether a person did it', async () => {
    const [detail] = await shown({ ...plain, kind: 'person' })
    expect(from(detail, 'event.user_action')).toEqual({ sql: "user.type = 'person'" })
    expect(detail?.provenance['event.user_action']?.line).toBe(12)
  })

  it('is told label by label', async () => {
    const [detail] = await shown({ ...plain, floor: 3, side: 'west' })
    expect(detail?.provenance.labels?.parts).toEqual({
      floor: { path: 'floor', source: 'test.door' },
      wing: { path: 'side', lacking: ['wing'], source: 'test.door' }
    })
  })

  it('is, of a change, the object of pairs and the key of the side', async () => {
    const [detail] = await shown({ ...plain, set: { pin: { was: 1, is: 2 } } })
    expect(from(detail, 'change.before')).toEqual({ path: 'set', note: 'of each entry what stands under was' })
    expect(from(detail, 'change.after')).toEqual({ path: 'set', note: 'of each entry what stands under is' })
    expect(from(detail, 'change.basis')).toEqual({ sql: 'logged in set' })
  })

  it('names what the log has that did not convert, instead of calling it absent', async () => {
    const [detail] = await shown({ ...plain, code: 'teapot', result: 'perhaps' })
    expect(detail?.event['http.response.status_code']).toBeUndefined()
    expect(detail?.unconverted).toMatchObject({
      'http.response.status_code': { path: 'code', logged: 'teapot', as: 'number', note: 'not read as number' },
      'event.outcome': { path: 'result', logged: 'perhaps', as: 'outcome', note: 'not read as outcome' }
    })
  })

  it('keeps numbers as the log writes them', async () => {
    const folder = await temporaryFolder()
    mkdirSync(join(folder, 'home/sources'), { recursive: true })
    writeFileSync(join(folder, 'home/sources/test.door.yaml'), definition)
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    writeFileSync(join(folder, 'a.jsonl'), '{"door":"d","at":1773049267,"number":12345678901234567890}')
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'a.jsonl')], source: 'test.door' })
    const detail = await engine.show(`${evidence[0]?.sha256.slice(0, 12)}-1`)
    expect(detail.event['event.id']).toBe('12345678901234567890')
    expect(from(detail, 'event.id')).toEqual({ path: 'number', lacking: ['uid'] })
  })

  it('says that a definition was guessed, and has no lines to show for it', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    writeFileSync(
      join(folder, 'odd.csv'),
      'ts,who,verb\n2026-03-09 09:41:07,ada,opened\n2026-03-09 09:42:07,bob,shut\n'
    )
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'odd.csv')] })
    const { provenance } = await engine.show(`${evidence[0]?.sha256.slice(0, 12)}-1`)
    expect(provenance['user.name']).toEqual({ path: 'who', source: 'guessed.odd', guessed: true })
    expect(provenance['@timestamp']).toMatchObject({ path: 'ts', as: 'time', logged: '2026-03-09 09:41:07' })
  })
})

it('finds fields that were changed in the database: the rule gives something else', async () => {
  const folder = await temporaryFolder()
  mkdirSync(join(folder, 'home/sources'), { recursive: true })
  writeFileSync(join(folder, 'home/sources/test.door.yaml'), definition)
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ name: 'c' })
  writeFileSync(join(folder, 'a.jsonl'), JSON.stringify({ ...plain, who: 'mallory' }))
  const { evidence } = await engine.importPaths({ paths: [join(folder, 'a.jsonl')], source: 'test.door' })
  const id = `${evidence[0]?.sha256.slice(0, 12)}-1`
  expect((await engine.show(id)).differing).toEqual([])
  await engine.closeCase()
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(join(at, 'case.duckdb'))
  const connection = await instance.connect()
  await connection.run(`UPDATE entry SET "user.name" = 'alice'`)
  connection.closeSync()
  instance.closeSync()
  await engine.openCase(at)
  const detail = await engine.show(id)
  expect(detail.event['user.name']).toBe('alice')
  expect(detail.differing).toEqual([{ field: 'user.name', now: 'mallory' }])
  expect((await engine.show(id, true)).provenance).toEqual({})
})

it('is said in words, a line each', () => {
  expect(
    originLines('user.name', {
      path: 'who',
      lacking: ['badge.owner'],
      as: 'lower',
      logged: 'ADA',
      source: 'test.door',
      file: 'test.door.yaml',
      line: 11
    })
  ).toEqual([
    'user.name ← who, as lower, logged “ADA”',
    'before it would come badge.owner: not in the record',
    'rule of test.door (test.door.yaml, line 11)'
  ])
})
