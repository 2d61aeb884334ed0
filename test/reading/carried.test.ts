import { describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { behindPrefix } from '../../src-main/engine/import/prefix'
import { caseKnowing } from './log'

const door: Source = {
  id: 'door',
  title: 'Door',
  read: { as: 'json' },
  recognise: { all: ['at', 'who', 'did'] },
  event: {
    '@timestamp': 'at',
    'user.name': 'who',
    'event.action': 'did',
    'labels.host': ['syslog.host', 'container.name', 'envelope._index'],
    'labels.number': 'number'
  },
  samples: []
}
const record = (n: number) =>
  `{"at":"2026-03-09T09:41:0${n}Z","who":"ada${n}","did":"open","number":1234567890123456789012}`
const said = (line: string) => {
  const document = behindPrefix(line)
  if (document === undefined) return undefined
  const { a: _, ...rest } = JSON.parse(document)
  return rest
}

describe('a header before a record', () => {
  it.each<[string, object]>([
    [
      '<134>1 2026-03-09T09:41:07.123456+01:00 web-1 idp 4711 AUDIT [x@1 a="{b}"] {"a":1}',
      {
        syslog: {
          facility: 16,
          severity: 6,
          time: '2026-03-09T09:41:07.123456+01:00',
          host: 'web-1',
          app: 'idp',
          process: '4711',
          message_id: 'AUDIT',
          data: '[x@1 a="{b}"]'
        }
      }
    ],
    [
      '<134>1 2026-03-09T09:41:07Z web-1 idp - - - \uFEFF{"a":1}',
      { syslog: { facility: 16, severity: 6, time: '2026-03-09T09:41:07Z', host: 'web-1', app: 'idp' } }
    ],
    [
      '<38>Mar  9 09:41:07 web-1 idp[4711]: {"a":1}',
      { syslog: { facility: 4, severity: 6, time: 'Mar  9 09:41:07', host: 'web-1', app: 'idp', process: '4711' } }
    ],
    [
      'Mar  9 09:41:07 web-1 idp: CEF:0|Acme|Gate|1.0|7|Opened|3| {"a":1}',
      { syslog: { time: 'Mar  9 09:41:07', host: 'web-1', app: 'idp', text: 'CEF:0|Acme|Gate|1.0|7|Opened|3|' } }
    ],
    ['2026-03-09T09:41:07.5+01:00 web-1 {"a":1}', { syslog: { time: '2026-03-09T09:41:07.5+01:00', host: 'web-1' } }],
    ['<14>{"a":1}', { syslog: { facility: 1, severity: 6 } }],
    [
      '2026-03-09T09:41:07.123456789Z stdout F {"a":1}',
      { container: { time: '2026-03-09T09:41:07.123456789Z', stream: 'stdout' } }
    ],
    [
      '[pod/idp-7d9/idp] 2026-03-09T09:41:07Z {"a":1}',
      { container: { pod: 'idp-7d9', name: 'idp', time: '2026-03-09T09:41:07Z' } }
    ],
    ['idp-1  | {"a":1}', { container: { name: 'idp-1' } }],
    ['2026-03-09T09:41:07.123Z {"a":1}', { header: { time: '2026-03-09T09:41:07.123Z' } }],
    ['audit: {"a":1}', { header: { text: 'audit:' } }]
  ])('%s', (line, expected) => {
    expect(said(line)).toEqual(expected)
  })

  it('does not take the place of what the record calls so', () => {
    expect(JSON.parse(behindPrefix('x {"header":1}') ?? '')).toEqual({ header_header: { text: 'x' }, header: 1 })
  })

  it.each(['{"a":1}', 'x {"a":1} y', 'x {a}', 'x {', '"a": {"b":1}', '["x", {"a":1}', 'x'])('is none in %s', (line) => {
    expect(behindPrefix(line)).toBeUndefined()
  })
})

describe('records that something passed on', () => {
  it('are read behind their headers as those of their source, with their own text and place', async () => {
    const text = [
      `<134>1 2026-03-09T09:41:07Z web-1 idp - - - ${record(1)}`,
      `Mar  9 09:41:07 web-2 idp: ${record(2)}\r`,
      'Mar  9 09:41:08 web-2 idp: started',
      '',
      record(3),
      `Mar  9 09:41:09 web-2 idp: {"at":"cut o`
    ].join('\n')
    const { line, rows } = await caseKnowing(door)('audit.log', text)
    expect(line).toMatchObject({ source: 'door', records: 6, events: 3, unreadable: 2, blank: 1, balanced: true })
    expect(line.guessed).toBeUndefined()
    expect(rows.flatMap((row) => (row['user.name'] ? [[row['user.name'], row['labels']]] : []))).toEqual([
      ['ada1', { host: 'web-1', number: '1234567890123456789012' }],
      ['ada2', { host: 'web-2', number: '1234567890123456789012' }],
      ['ada3', { number: '1234567890123456789012' }]
    ])
  })

  const carried: [string, (inner: string, n: number) => string, object][] = [
    [
      'by Elasticsearch',
      (inner, n) => `{"_index":"audit-1","_id":"${n}","_score":null,"_source":${inner}}`,
      { host: 'audit-1' }
    ],
    ['by Docker', (inner) => JSON.stringify({ log: `${inner}\n`, stream: 'stdout', time: '2026-03-09T09:41:07Z' }), {}],
    ['by Splunk', (inner) => JSON.stringify({ preview: false, result: { _raw: inner, host: 'web-1' } }), {}],
    ['under any key', (inner) => `{"stamp":1,"kern":${inner}}`, {}]
  ]
  it.each(carried)('are found inside what is logged %s', async (_, carry, host) => {
    const lines = [1, 2].map((n) => carry(record(n), n))
    const { line, rows } = await caseKnowing(door)('log.jsonl', `${lines.join('\n')}\n{"stamp"\n`)
    expect(line).toMatchObject({ source: 'door', records: 3, events: 2, unreadable: 1, balanced: true })
    expect(rows[0]).toMatchObject({ 'user.name': 'ada1', labels: { ...host, number: '1234567890123456789012' } })
  })

  it('are found in the answer of a search, two levels down', async () => {
    const hits = [1, 2].map((n) => `{"_index":"audit-1","_id":"${n}","_source":${record(n)}}`)
    const text = `{"took":3,"hits":{"total":{"value":2},"hits":[${hits.join(',')}]}}`
    const { line, rows } = await caseKnowing(door)('hits.json', text)
    expect(line).toMatchObject({ source: 'door', records: 2, events: 2 })
    expect(rows[1]).toMatchObject({ 'user.name': 'ada2', labels: { host: 'audit-1' } })
  })

  it('of no source we know are guessed from what is inside', async () => {
    const inner = (n: number) => JSON.stringify({ when: `2026-03-09T09:41:0${n}Z`, user: `ada${n}`, action: 'open' })
    const lines = [1, 2].map((n) => JSON.stringify({ log: `${inner(n)}\n`, stream: 'stdout' }))
    const syslog = [1, 2].map((n) => `Mar  9 09:41:07 web-1 idp: ${inner(n)}`)
    const source = [1, 2].map((n) => `{"_index":"a","_id":"${n}","_source":${inner(n)}}`)
    for (const text of [lines, syslog, source]) {
      const { line, rows } = await caseKnowing()('log.jsonl', text.join('\n'))
      expect(line).toMatchObject({ records: 2, events: 2 })
      expect(rows[1]).toMatchObject({
        '@timestamp': '2026-03-09T09:41:02.000Z',
        'user.name': 'ada2',
        'event.action': 'open'
      })
    }
  })
})
