import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filter } from '../../src-main/contract/filter'
import {
  complete,
  describeFilter,
  filterOf,
  highlight,
  normalFilter,
  parseQuery,
  printFilter
} from '../../src-main/contract/query-text'
import { anyFilter } from './any-filter'

const is = (field: string, ...values: unknown[]) => ({ kind: 'is', field, values }) as unknown as Filter
const range = (from: string | undefined, to: string | undefined) =>
  ({ kind: 'range', field: '@timestamp', ...(from ? { from } : {}), ...(to ? { to } : {}) }) as Filter
const words = (text: string): Filter => ({ kind: 'words', text })

const meanings: readonly (readonly [text: string, filter: Filter])[] = [
  ['', { kind: 'and', of: [] }],
  ['  \n ', { kind: 'and', of: [] }],
  ['*', { kind: 'and', of: [] }],
  ['alice', words('alice')],
  ['alice@example.org', words('alice@example.org')],
  ['10.0.0.1', words('10.0.0.1')],
  ['2001:db8::1', words('2001:db8::1')],
  ['delete key', { kind: 'and', of: [words('delete'), words('key')] }],
  ['"delete key"', words('delete key')],
  ['"say \\"hi\\" \\\\ there"', words('say "hi" \\ there')],
  ['-alice', { kind: 'not', of: words('alice') }],
  ['NOT alice', { kind: 'not', of: words('alice') }],
  ['ACME\\alice', words('ACME\\alice')],
  ['admin*', words('admin')],
  ['organization', words('organization')],
  ['last', words('last')],
  ['user.name:alice', is('user.name', 'alice')],
  ['User.Name : alice', is('user.name', 'alice')],
  ['user.name:"Alice Liddell"', is('user.name', 'Alice Liddell')],
  ['user.name="Alice"', { ...is('user.name', 'Alice'), exact: true } as Filter],
  ['user.name:(alice or bob)', is('user.name', 'alice', 'bob')],
  [
    'user.name:(alice or b*)',
    { kind: 'or', of: [is('user.name', 'alice'), { kind: 'like', field: 'user.name', pattern: 'b*' }] }
  ],
  ['change.fields:(role and name)', { kind: 'and', of: [is('change.fields', 'role'), is('change.fields', 'name')] }],
  ['user.name:(not alice)', { kind: 'not', of: is('user.name', 'alice') }],
  ['user.name:ali*', { kind: 'like', field: 'user.name', pattern: 'ali*' }],
  ['user.name:ali\\*', is('user.name', 'ali*')],
  ['user.name:ACME\\alice', is('user.name', 'ACME\\alice')],
  ['user.name:a\\ b?', { kind: 'like', field: 'user.name', pattern: 'a b?' }],
  ['user.name:or', is('user.name', 'or')],
  ['user.name:*', { kind: 'present', field: 'user.name' }],
  ['-user.name:*', { kind: 'not', of: { kind: 'present', field: 'user.name' } }],
  ['url.path:/api/v1/users', is('url.path', '/api/v1/users')],
  ['url.path:/api/i', is('url.path', '/api/i')],
  ['user.name=/^Al/', { kind: 'regex', field: 'user.name', pattern: '^Al', exact: true }],
  [
    'source.ip:(10.0.0.1 or 10.1.0.0/16 or 10.0.0.2)',
    {
      kind: 'or',
      of: [is('source.ip', '10.0.0.1', '10.0.0.2'), { kind: 'cidr', field: 'source.ip', block: '10.1.0.0/16' }]
    }
  ],
  [
    'source.ip:[2001:db8::1 TO 2001:db8::ff]',
    { kind: 'range', field: 'source.ip', from: '2001:db8::1', to: '2001:db8::ff', including: true }
  ],
  ['url.path:/^\\/api\\/(v1|v2) x/', { kind: 'regex', field: 'url.path', pattern: '^/api/(v1|v2) x' }],
  ['event.severity:4', is('event.severity', 4)],
  ['event.severity:>=4', { kind: 'range', field: 'event.severity', from: 4 }],
  ['event.severity > 4', { kind: 'range', field: 'event.severity', from: 4, above: true }],
  [
    'http.response.status_code:[400 TO 499]',
    { kind: 'range', field: 'http.response.status_code', from: 400, to: 499, including: true }
  ],
  [
    'http.response.status_code:{400 to 500}',
    { kind: 'range', field: 'http.response.status_code', from: 400, to: 500, above: true }
  ],
  [
    'http.response.status_code:(>=400 and <500)',
    {
      kind: 'and',
      of: [
        { kind: 'range', field: 'http.response.status_code', from: 400 },
        { kind: 'range', field: 'http.response.status_code', to: 500 }
      ]
    }
  ],
  ['http.response.status_code:4*', { kind: 'like', field: 'http.response.status_code', pattern: '4*' }],
  ['event.user_action:TRUE', is('event.user_action', true)],
  ['source.ip:10.0.0.0/8', { kind: 'cidr', field: 'source.ip', block: '10.0.0.0/8' }],
  ['source.ip:2001:db8::/32', { kind: 'cidr', field: 'source.ip', block: '2001:db8::/32' }],
  ['source.ip:2001:DB8::1', is('source.ip', '2001:DB8::1')],
  ['@timestamp:2026-03', range('2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z')],
  ['@timestamp:2026-12', range('2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z')],
  ['@timestamp:2026-03-09', range('2026-03-09T00:00:00.000Z', '2026-03-10T00:00:00.000Z')],
  ['@timestamp:2026-03-09T09:41', range('2026-03-09T09:41:00.000Z', '2026-03-09T09:42:00.000Z')],
  ['@timestamp:2026-03-09T09:41:07.120Z', range('2026-03-09T09:41:07.120Z', '2026-03-09T09:41:07.121Z')],
  ['@timestamp:"2026-03-09 09:41:07+02:00"', range('2026-03-09T07:41:07.000Z', '2026-03-09T07:41:08.000Z')],
  // The last day counts in full.
  ['@timestamp:[2026-03-01 TO 2026-03-05]', range('2026-03-01T00:00:00.000Z', '2026-03-06T00:00:00.000Z')],
  ['@timestamp:[2026-03-01 TO 2026-03-05}', range('2026-03-01T00:00:00.000Z', '2026-03-05T00:00:00.000Z')],
  ['@timestamp:<=2026-03-05', range(undefined, '2026-03-06T00:00:00.000Z')],
  ['@timestamp:>2026-03-05', range('2026-03-06T00:00:00.000Z', undefined)],
  ['@timestamp:[2026 TO *]', range('2026-01-01T00:00:00.000Z', undefined)],
  ['@timestamp="2026-03-09T09:41:07.120Z"', { ...is('@timestamp', '2026-03-09T09:41:07.120Z'), exact: true } as Filter],
  ['last 30 days', { kind: 'last', amount: 30, unit: 'days' }],
  ['Last 2 weeks', { kind: 'last', amount: 14, unit: 'days' }],
  ['last 15m', { kind: 'last', amount: 15, unit: 'minutes' }],
  ['last 3 months', { kind: 'last', amount: 90, unit: 'days' }],
  ['last year', { kind: 'last', amount: 365, unit: 'days' }],
  ['last 5 min', { kind: 'last', amount: 5, unit: 'minutes' }],
  ['"today"', words('today')],
  ['today-report', words('today-report')],
  ['last hour', { kind: 'last', amount: 1, unit: 'hours' }],
  ['every monday at 9 in Europe/Berlin', { kind: 'hour', weekday: 0, hour: 9, zone: 'Europe/Berlin' }],
  ['source.geo.location:[47.2,5.8 TO 55.1,15.1]', { kind: 'box', south: 47.2, west: 5.8, north: 55.1, east: 15.1 }],
  ['_id:0123456789ab-7', { kind: 'events', ids: ['0123456789ab-7'] }],
  ['_id:(0123456789AB-7 or 4f2a-1)', { kind: 'events', ids: ['0123456789ab-7', '4f2a-1'] }],
  ['record.context.diff.name:x', is('record.context.diff.name', 'x')],
  ['record."odd key"[0].id:5', is('record."odd key"[0].id', '5')],
  ['record.items[*].id:5', is('record.items[*].id', '5')],
  ['record.a.*.b:(x or null)', is('record.a.*.b', 'x', 'null')],
  ['record."*"."a.b":x', is('record."*"."a.b"', 'x')],
  ['record.*.ok:true', is('record.*.ok', 'true')],
  ['record.size:>5', { kind: 'range', field: 'record.size', from: 5, above: true }],
  ['a or b c', { kind: 'or', of: [words('a'), { kind: 'and', of: [words('b'), words('c')] }] }],
  [
    '(a or b) and -(c or d)',
    {
      kind: 'and',
      of: [
        { kind: 'or', of: [words('a'), words('b')] },
        { kind: 'not', of: { kind: 'or', of: [words('c'), words('d')] } }
      ]
    }
  ]
]

describe('query text', () => {
  it.each(meanings)('reads %s', (text, filter) => {
    expect(parseQuery(text)).toEqual({ filter })
  })

  it('means the clock of the zone it is read in', () => {
    expect(filterOf('@timestamp:2026-03', { zone: 'Europe/Berlin' })).toEqual(
      range('2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z')
    )
    expect(filterOf('@timestamp:>=2026-03-29T02:30', { zone: 'Europe/Berlin' })).toEqual(
      range('2026-03-29T01:30:00.000Z', undefined)
    )
  })

  it.each([
    ['user.nmae:alice', 'field_unknown', 0, 9, 'user.name'],
    ['foo and user:alice', 'field_unknown', 8, 12, 'user.name'],
    ['status:500', 'field_unknown', 0, 6, 'http.response.status_code'],
    ['https://example.org/x', 'field_unknown', 0, 5, undefined],
    ['user.name:', 'query_syntax', 10, 10, 'user.name:*'],
    ['user.name:alice and', 'query_syntax', 19, 19, undefined],
    ['a or ', 'query_syntax', 4, 4, undefined],
    ['or a', 'query_syntax', 0, 2, '"or"'],
    ['-', 'query_syntax', 1, 1, undefined],
    ['(a or b', 'query_syntax', 7, 7, ')'],
    ['a)', 'query_syntax', 1, 2, undefined],
    ['()', 'query_syntax', 1, 2, undefined],
    ['user.name:(a or b', 'query_syntax', 17, 17, ')'],
    ['user.name:(a b)', 'query_syntax', 11, 14, 'a or b'],
    ['user.name:(a, b)', 'query_syntax', 11, 15, 'a or b'],
    ['user.name:"alice', 'query_syntax', 10, 16, '"alice"'],
    ['"alice', 'query_syntax', 0, 6, '"alice"'],
    ['event.severity:[1 TO', 'query_syntax', 20, 20, '[* TO *]'],
    ['event.severity:high', 'query_syntax', 15, 19, undefined],
    ['event.severity:>=high', 'query_syntax', 15, 21, undefined],
    ['event.user_action:maybe', 'query_syntax', 18, 23, 'true'],
    ['@timestamp:lately', 'query_syntax', 11, 17, undefined],
    ['@timestamp:now-7q', 'query_syntax', 11, 17, undefined],
    ['@timestamp:2026-03-09 9:41', 'query_syntax', 11, 26, '2026-03-09T09:41'],
    ['source.ip:10.0.0.1-10.0.0.9', 'query_syntax', 10, 27, '[10.0.0.1 TO 10.0.0.9]'],
    ['user.name:/^a/i', 'query_syntax', 10, 15, '/^a/'],
    ['user.name:/a(b/', 'query_syntax', 12, 13, undefined],
    ['user.name:(/x/ or /a**/)', 'query_syntax', 21, 22, undefined],
    ['user.name:/(?=a)/', 'query_syntax', 11, 12, undefined],
    ['record.a.[*]:x', 'field_unknown', 0, 12, undefined],
    ['@timestamp:2026-02-30', 'query_syntax', 11, 21, undefined],
    ['@timestamp:2026-03-*', 'query_syntax', 11, 20, '2026-03'],
    ['source.ip:10.0', 'query_syntax', 10, 14, '10.0.*'],
    ['source.ip:10.0.0.0/33', 'query_syntax', 10, 21, 'source.address:10.0.0.0/33'],
    ['user.name=*', 'query_syntax', 10, 11, undefined],
    ['ali*ce', 'query_syntax', 0, 6, '"ali*ce"'],
    ['user.name:/a[/].*/', 'query_syntax', 10, 18, '/a[\\/].*/'],
    ['user.name:/(a|b[/])/', 'query_syntax', 10, 11, undefined],
    ['event.action:/dele', 'query_syntax', 13, 18, '/dele/'],
    ['a last 3000 years', 'query_syntax', 2, 17, undefined],
    ['every monday at 24', 'query_syntax', 0, 18, undefined],
    ['every monday at 9 in Mars/Base', 'query_syntax', 0, 30, 'UTC'],
    ['_id:seven', 'query_syntax', 4, 9, undefined],
    ['_id:(4f2a-1 or 4f2a-0)', 'query_syntax', 15, 21, undefined],
    ['record.:x', 'field_unknown', 0, 7, undefined]
  ])('says where %s is wrong, and what could stand there', (text, code, from, to, suggestion) => {
    const [error] = parseQuery(text).errors ?? []
    expect({ code: error?.code, ...error?.detail }).toEqual({ code, from, to, ...(suggestion ? { suggestion } : {}) })
  })

  it('names every unknown field of a text', () => {
    expect(parseQuery('user.nmae:a and event.acton:b').errors?.map((error) => error.detail.suggestion)).toEqual([
      'user.name',
      'event.action'
    ])
  })

  it('prints every filter as text that parses back to it', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'), (filter, zone) => {
        const text = printFilter(filter, { zone })
        expect(parseQuery(text, { zone }), text).toEqual({ filter: normalFilter(filter) })
      }),
      {
        numRuns: 1_000,
        examples: [...' \t\n\u00a0\u3000'].map((pattern): [Filter, 'UTC'] => [{ kind: 'named', pattern }, 'UTC'])
      }
    )
  })

  it('prints what it parsed the same way again', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const text = printFilter(filter)
        expect(printFilter(filterOf(text))).toBe(text)
      })
    )
  })

  it('never throws on unfinished input, and colours it without gaps or overlaps', () => {
    const piece = fc.constantFrom(
      'user.name',
      ':',
      '=',
      '(',
      ')',
      '"',
      'or',
      'and',
      '-',
      ' ',
      '[',
      ' TO ',
      ']',
      '/',
      '*',
      '>=',
      'last 3 days',
      'x',
      '\\',
      '😀'
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const parsed = parseQuery(text)
        for (const error of parsed.errors ?? []) {
          const { from = -1, to = -1 } = error.detail
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeLessThanOrEqual(text.length)
          expect(from).toBeLessThanOrEqual(to)
        }
        let end = 0
        for (const { from, to } of highlight(text)) {
          expect(from).toBeGreaterThanOrEqual(end)
          end = to
        }
        complete(text, text.length)
      }),
      { numRuns: 1_000 }
    )
  })

  it('prints what people would write', () => {
    const printed = (text: string) => printFilter(filterOf(text))
    expect(printed('@timestamp:[2026-03-01 TO 2026-03-05]')).toBe('@timestamp:[2026-03-01 TO 2026-03-05]')
    expect(printed('@timestamp:2026-03')).toBe('@timestamp:2026-03')
    expect(printed('user.name:alice AND NOT (event.outcome:failure OR foo)')).toBe(
      'user.name:alice and -(event.outcome:failure or foo)'
    )
    expect(printed('user.name="a b"  last 24 h')).toBe('user.name="a b" and last 24 hours')
    expect(printFilter({ kind: 'or', of: [] })).toBe('-*')
  })

  it.each([
    ['user.name:(alice or bob)', 'User is alice or bob'],
    ['-event.outcome:failure', 'Outcome is not failure'],
    ['-user.name:*', 'User is absent'],
    ['source.ip:10.0.0.0/8', 'Address in 10.0.0.0/8'],
    ['@timestamp:2026-03', 'Time 2026-03'],
    ['event.severity:[2 TO 4]', 'Severity ≥ 2 and ≤ 4'],
    ['last 1 days', 'last day'],
    ['_id:4f2a-1', 'event 4f2a-1'],
    ['_id:(4f2a-1 or 4f2a-2)', '2 chosen events'],
    ['"two words" or foo', 'contains “two words” or contains “foo”'],
    ['every monday at 9 in UTC', 'Mondays at 09:00 (UTC)'],
    ['source.geo.location:[47.2,-5.8 TO 55.1,15.1]', 'in the area 47.2° N 5.8° W to 55.1° N 15.1° E']
  ])('says %s in words', (text, sentence) => {
    expect(describeFilter(filterOf(text))).toBe(sentence)
  })

  it('colours a text by what its pieces are', () => {
    const text = 'user.name:ali* and -nope:1 or "x y" (last 3 days)'
    expect(highlight(text).map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`)).toEqual([
      'field user.name',
      'operator :',
      'value ali*',
      'keyword and',
      'operator -',
      'unknown nope',
      'operator :',
      'value 1',
      'keyword or',
      'value "x y"',
      'bracket (',
      'keyword last 3 days',
      'bracket )'
    ])
  })

  it('completes fields by name and by title, and tells whose value is being typed', () => {
    const first = (text: string) => complete(text, text.length).options[0]?.text
    expect(first('user.n')).toBe('user.name:')
    expect(first('foo and outc')).toBe('event.outcome:')
    expect(first('addr')).toBe('source.ip:')
    expect(first('(last 7')).toBe(undefined)
    expect(complete('event.outcome:fa', 16)).toEqual({
      from: 14,
      to: 16,
      options: [{ text: 'failure', label: 'failure', about: '', kind: 'value' }],
      value: { field: 'event.outcome', text: 'fa' }
    })
    expect(complete('user.name:', 10).value).toEqual({ field: 'user.name', text: '' })
    expect(complete('user.name:"al', 13)).toEqual({
      from: 10,
      to: 13,
      options: [],
      value: { field: 'user.name', text: 'al' }
    })
    expect(complete('user.name:(alice or b', 21).value).toEqual({ field: 'user.name', text: 'b' })
    expect(complete('user.name:alice event.ac', 24).options[0]?.text).toBe('event.action:')
    expect(complete('user.name:alice event.ac', 24).value).toBe(undefined)
    expect(complete('user.name:(alice or ', 20).value).toEqual({ field: 'user.name', text: '' })
    expect(complete('user.name:(alice ', 17).value).toBe(undefined)
    expect(complete('source.ip:2001:db8', 18)).toMatchObject({
      from: 10,
      value: { field: 'source.ip', text: '2001:db8' }
    })
    expect(complete('user.name:ACME\\ ad*', 18).value).toEqual({ field: 'user.name', text: 'ACME ad' })
    expect(complete('@timestamp:tod', 14)).toMatchObject({ options: [{ text: 'today' }] })
    expect(complete('@timestamp:tod', 14).value).toBe(undefined)
    expect(first('is:st')).toBe('starred')
    expect(first('yest')).toBe('yesterday')
  })

  it('tells which path in the record is being typed, quoted keys and all', () => {
    const path = (text: string) => complete(text, text.length).path
    expect(path('record.')).toBe('record.')
    expect(path('-Record.context.us')).toBe('Record.context.us')
    expect(path('user.name:x and (record."odd k')).toBe('record."odd k')
    expect(path('record.items[*].i')).toBe('record.items[*].i')
    expect(path('usern')).toBe('usern')
    expect(path('record.a:x')).toBe(undefined)
    expect(complete('record.a:x', 10).value).toEqual({ field: 'record.a', text: 'x' })
  })

  it('reads a long text', () => {
    const text = Array.from({ length: 2_000 }, (_, i) => `user.name:person${i}`).join(' or ')
    const filter = filterOf(text)
    expect(filter.kind === 'or' && filter.of.length).toBe(2_000)
  })

  it('refuses what is nested beyond reason instead of failing', () => {
    expect(parseQuery(`${'('.repeat(5_000)}a${')'.repeat(5_000)}`).errors?.[0].code).toBe('query_syntax')
  })
})
