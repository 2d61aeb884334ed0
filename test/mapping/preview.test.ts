import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { engineIn, temporaryFolder } from '../engine/folder'

const yaml = `# Doors.
id: acme.doors
title: Acme doors
read: { as: csv }
recognise: { all: [when, badge] }
event:
  "@timestamp": { from: when, as: epoch_ms }
  user.name: badge
  event.action: what
  event.outcome: result
  source.ip: reader
  event.severity: { sql: "CASE WHEN record->>'result' = 'no' THEN 4 END" }
  labels.floor: floor
categories: { "open*": data }
samples: []
`
const csv = `when,badge,what,result,reader,floor
1773045667120,alice,open door,ok,203.0.113.9,3
yesterday,bob,open door,maybe,door-7,
1773045667130,carol,ring,no,[2001:db8::7]:443,1
`

async function trying(name: string, bytes: string | Buffer) {
  const folder = await temporaryFolder()
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return { engine: engineIn(folder), path }
}

describe('a definition tried on a file', () => {
  it('gives each record as an import would, beside what is logged, and marks what did not convert', async () => {
    const { engine, path } = await trying('doors.csv', csv)
    const { faults, fields, rows } = await engine.previewSource({ yaml, on: { path } })
    expect(faults).toEqual([])
    expect(fields).toEqual([
      '@timestamp',
      'user.name',
      'event.action',
      'event.outcome',
      'source.ip',
      'event.severity',
      'labels.floor',
      'event.category',
      'source.address'
    ])
    expect(rows.map(({ status, recognised }) => [status, recognised])).toEqual([
      ['event', true],
      ['undated', true],
      ['event', true]
    ])
    expect(rows[0]?.text).toBe('1773045667120,alice,open door,ok,203.0.113.9,3')
    expect(rows.map(({ cells }) => cells['@timestamp'])).toEqual([
      { value: '2026-03-09T08:41:07.120Z', logged: '1773045667120' },
      { logged: 'yesterday', unconverted: 'not milliseconds since 1970' },
      { value: '2026-03-09T08:41:07.130Z', logged: '1773045667130' }
    ])
    expect(rows.map(({ cells }) => cells['event.outcome'])).toEqual([
      { value: 'success', logged: 'ok' },
      { logged: 'maybe', unconverted: 'no spelling of success or failure' },
      { logged: 'no', unconverted: 'no spelling of success or failure' }
    ])
    expect(rows.map(({ cells }) => cells['source.ip'])).toEqual([
      { value: '203.0.113.9' },
      { logged: 'door-7', unconverted: 'not an IP address; it stands in source.address' },
      { value: '2001:db8::7', logged: '[2001:db8::7]:443' }
    ])
    expect(rows.map(({ cells }) => cells['source.address']?.value)).toEqual([undefined, 'door-7', undefined])
    expect(rows.map(({ cells }) => cells['event.severity'])).toEqual([undefined, undefined, { value: 4 }])
    expect(rows.map(({ cells }) => cells['labels.floor'])).toEqual([{ value: '3' }, undefined, { value: '1' }])
    expect(rows.map(({ cells }) => cells['event.category'])).toEqual([{ value: 'data' }, { value: 'data' }, undefined])
  })

  it('reads no more of a large packed file than it shows, and offers the paths of its records', async () => {
    const record = (n: number) => JSON.stringify({ who: { login: `user-${n}` }, at: 1773045667 + n, tags: ['a', 'b'] })
    const lines = Array.from({ length: 400_000 }, (_, n) => record(n)).join('\n')
    const { engine, path } = await trying('big.jsonl.gz', gzipSync(lines, { level: 1 }))
    const definition = `id: big\ntitle: Big\nread: { as: json }\nrecognise: { all: [who.login] }\nevent: { user.name: who.login }\nsamples: []\n`
    const { rows, paths } = await engine.previewSource({ yaml: definition, on: { path }, limit: 7 })
    expect(rows.map(({ cells }) => cells['user.name']?.value)).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `user-${n}`))
    expect(paths).toEqual([
      { path: 'who.login', example: 'user-0', present: 7 },
      { path: 'at', example: '1773045667', present: 7 },
      { path: 'tags[0]', example: 'a', present: 7 }
    ])
  })

  it('says which other definitions fit the records, and whether they would be preferred', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const path = join(folder, 'events.json')
    writeFileSync(
      path,
      '{"eventVersion":"1.11","eventTime":"2026-03-09T09:41:07Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"us-east-1","userIdentity":{"type":"IAMUser"},"eventID":"7"}\n'
    )
    const mine = (all: string) =>
      `id: mine\ntitle: Mine\nread: { as: json }\nrecognise: { all: ${all} }\nevent: { event.action: eventName }\nsamples: []\n`
    const loose = await engine.previewSource({ yaml: mine('[eventName]'), on: { path } })
    expect(loose.rivals).toEqual([{ id: 'aws.cloudtrail', title: expect.any(String), demands: 'more' }])
    const strict = await engine.previewSource({
      yaml: mine('[eventName, eventTime, eventSource, awsRegion, eventVersion, eventID, userIdentity.type, recipient]'),
      on: { path }
    })
    expect(strict.rows.map(({ recognised }) => recognised)).toEqual([false])
    expect(strict.rivals.map(({ demands }) => demands)).toEqual(['less'])
  })

  it('is tried on its own samples, and says where they expect something else', async () => {
    const engine = engineIn(await temporaryFolder())
    const sampled = yaml.replace(
      'samples: []',
      `samples:
  - record: |-
      when,badge,what,result,reader,floor
      1773045667120,alice,open door,ok,203.0.113.9,3
    event: { user.name: alice, event.action: open gate, event.reason: rain }`
    )
    const { rows, faults } = await engine.previewSource({ yaml: sampled, on: 'samples' })
    expect(faults).toEqual([])
    expect(rows).toHaveLength(1)
    expect(rows[0]?.cells['user.name']).toEqual({ value: 'alice' })
    expect(rows[0]?.cells['event.action']).toEqual({ value: 'open door', expected: 'open gate' })
    expect(rows[0]?.cells['event.reason']).toEqual({ expected: 'rain' })
  })

  it('can be canceled, and leaves nothing in the home folder', async () => {
    const { engine, path } = await trying('doors.csv', csv)
    const asked = engine.previewSource({ yaml, on: { path } }, 'mine')
    const other = engine.previewSource({ yaml, on: { path } }, 'theirs')
    await engine.cancel('mine')
    await expect(asked).rejects.toMatchObject({ code: 'canceled' })
    expect((await other).rows).toHaveLength(3)
  })
})

const faulty: readonly [string, string, string, object][] = [
  [
    'a field that there is not',
    'user.name:',
    'user.nmae:',
    { line: 8, column: 3, at: ['event', 'user.nmae'], suggestion: 'user.name' }
  ],
  ['SQL that is none', 'CASE WHEN', 'CASE WEN', { line: 12, at: ['event', 'event.severity', 'sql'] }],
  ['SQL of an unknown function', 'THEN 4', 'THEN four(4)', { line: 12, sentence: expect.stringContaining('four') }],
  [
    'SQL that reads a table',
    'THEN 4',
    'THEN (SELECT count(*) FROM entry)',
    { line: 12, sentence: expect.stringContaining('may not hold a SELECT') }
  ],
  [
    'SQL that ends the statement',
    "CASE WHEN record->>'result' = 'no' THEN 4 END",
    '1); DROP TABLE entry; --',
    { line: 12, at: ['event', 'event.severity', 'sql'] }
  ],
  [
    'SQL whose quotes end elsewhere once its paths are read',
    "CASE WHEN record->>'result' = 'no' THEN 4 END",
    "$$ record->' $$ || ' $$ ); DROP TABLE entry; -- '",
    { line: 12, at: ['event', 'event.severity', 'sql'] }
  ],
  ['SQL that makes several rows of one', 'THEN 4', 'THEN unnest([4, 5])', { line: 12 }],
  ['no YAML', 'recognise: {', 'recognise: {{', { line: 6 }]
]

describe('a definition with a fault', () => {
  it.each(faulty)('%s gives no rows, but the line and the key', async (_, from, to, fault) => {
    const { engine, path } = await trying('doors.csv', csv)
    expect(yaml).toContain(from)
    const { faults, rows } = await engine.previewSource({ yaml: yaml.replace(from, () => to), on: { path } })
    expect(faults).toEqual([expect.objectContaining(fault)])
    expect(rows).toEqual([])
  })

  it('that is read as something else than the file says so at `read`', async () => {
    const { engine, path } = await trying('notes.txt', 'dear diary\nit rained\n')
    const { faults } = await engine.previewSource({ yaml, on: { path } })
    expect(faults).toEqual([
      expect.objectContaining({ line: 4, at: ['read'], sentence: expect.stringContaining('notes.txt') })
    ])
  })
})
