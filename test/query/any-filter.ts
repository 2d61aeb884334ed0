import fc from 'fast-check'
import type { AnyField } from '../../src-main/contract/event'
import type { Filter } from '../../src-main/contract/filter'
import { idOf } from './small-case'

/** Text as logs have it: words, quotes, backslashes, wildcards, slashes, operators, other scripts. */
const written = fc.oneof(
  fc.constantFrom(
    'alice',
    'Bob',
    'ACME\\svc_x',
    'a b',
    'say "hi"',
    'or',
    'NOT',
    'to',
    'null',
    'yesterday',
    '*',
    'a*b?',
    '/api/v1/',
    '-x',
    ''
  ),
  fc.constantFrom(
    'résumé',
    '日本',
    '😀 ok',
    '10.0.0.0/8',
    '5',
    '-5',
    'a:b',
    '[x]',
    '{',
    '(y',
    'last',
    'user.name:z',
    '\\',
    '\\"'
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 })
)
const textFields = fc.constantFrom<AnyField>(
  'user.name',
  'event.action',
  'url.path',
  'user_agent.original',
  'source.address'
)
const key = fc.constantFrom('a', 'odd key', 'x.y', 'say "hi"', 'back\\slash', 'ключ', 'A[0]', '日')
const recordFields = fc
  .array(fc.oneof(key, fc.nat({ max: 3 })), { minLength: 0, maxLength: 3 })
  .chain((rest) => key.map((first) => [first, ...rest]))
  .map((steps) => {
    const path = steps.map((s) => (typeof s === 'number' ? `[${s}]` : `."${s.replaceAll(/["\\]/g, '\\$&')}"`)).join('')
    return `record${path}` as AnyField
  })
/** Paths that records of the small case have, and such that leave open which key or element. */
const heldFields = fc.constantFrom<AnyField>(
  'record.op',
  'record.key.roles',
  'record.key.roles[*]',
  'record.key.roles[1]',
  'record.key.size',
  'record.key.*',
  'record.*.id',
  'record.key."odd key"."x.y"',
  'record.n',
  'record.ok',
  'record.who.*',
  'record.*'
)
const instant = fc
  .oneof(
    fc.date({ min: new Date('1971-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }),
    fc
      .constantFrom('2026-03-01', '2026-03-02', '2026-01-01', '2027-01-01', '2026-03-09T09:41:00Z')
      .map((t) => new Date(t))
  )
  .chain((date) => fc.constantFrom('', '001', '999').map((micros) => date.toISOString().replace('Z', `${micros}Z`)))
const ends = { above: fc.boolean(), including: fc.boolean() }
const anyFields = fc.oneof(
  textFields,
  recordFields,
  fc.constantFrom<AnyField>(
    '@timestamp',
    'source.ip',
    'source.geo.city_name',
    'labels',
    'change.fields',
    'event.severity'
  )
)
const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('10.0.0.0/8', '::/0', '2001:db8::/32', '192.168.1.0/24')
)

const clause: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant('is'),
    field: fc.oneof(textFields, recordFields, heldFields),
    values: fc.array(written, { minLength: 1, maxLength: 3 }),
    exact: fc.boolean()
  }),
  fc.record({
    kind: fc.constant('is'),
    field: fc.constant('event.severity'),
    values: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 3 })
  }),
  fc.record({
    kind: fc.constant('is'),
    field: fc.constant('event.user_action'),
    values: fc.array(fc.boolean(), { maxLength: 2 }),
    exact: fc.boolean()
  }),
  fc.record({
    kind: fc.constant('is'),
    field: fc.constant('@timestamp'),
    values: fc.array(instant, { minLength: 1, maxLength: 2 })
  }),
  fc.record({
    kind: fc.constant('is'),
    field: fc.constant('source.ip'),
    values: fc.array(addresses, { minLength: 1, maxLength: 2 }),
    exact: fc.boolean()
  }),
  fc.record({ kind: fc.constant('like'), field: fc.oneof(textFields, recordFields, heldFields), pattern: written }),
  fc.record({
    kind: fc.constant('regex'),
    field: fc.oneof(textFields, heldFields),
    pattern: fc.constantFrom('^a', 'A', 'a/b', '\\d+\\/', '(x|y) z', '\\\\', '"', '[^ ]*'),
    exact: fc.boolean()
  }),
  fc.record({ kind: fc.constant('present'), field: fc.oneof(anyFields, heldFields) }),
  fc.record(
    { kind: fc.constant('range'), field: fc.constant('@timestamp'), from: instant, to: instant, ...ends },
    { requiredKeys: ['kind', 'field'] }
  ),
  fc.record(
    { kind: fc.constant('range'), field: fc.constant('event.severity'), from: fc.integer(), to: fc.integer(), ...ends },
    { requiredKeys: ['kind', 'field'] }
  ),
  fc.record(
    {
      kind: fc.constant('range'),
      field: fc.oneof(textFields, recordFields, heldFields),
      from: written,
      to: written,
      ...ends
    },
    { requiredKeys: ['kind', 'field'] }
  ),
  fc.record(
    { kind: fc.constant('range'), field: recordFields, from: fc.integer(), to: fc.integer(), ...ends },
    { requiredKeys: ['kind', 'field'] }
  ),
  fc.record({
    kind: fc.constant('last'),
    amount: fc.integer({ min: 1, max: 400 }),
    unit: fc.constantFrom('minutes', 'hours', 'days')
  }),
  fc.record({
    kind: fc.constant('cidr'),
    field: fc.oneof(fc.constant('source.ip'), fc.constant('source.address'), recordFields),
    block: fc.constantFrom('10.0.0.0/8', '2001:db8::/32', '::ffff:10.0.0.0/104')
  }),
  fc.record(
    {
      kind: fc.constant('named'),
      pattern: written,
      field: fc.constantFrom('user.id', 'resource.id')
    },
    { requiredKeys: ['kind', 'pattern'] }
  ),
  fc.record({
    kind: fc.constant('events'),
    ids: fc.array(fc.oneof(fc.nat({ max: 20 }).map(idOf), fc.constant('0123456789ab-7')), { maxLength: 3 })
  }),
  fc.record({ kind: fc.constant('words'), text: written }),
  fc.record({ kind: fc.constant('marked'), mark: fc.constantFrom('star', 'any') }),
  fc.record({ kind: fc.constant('marked'), mark: fc.constantFrom('tag', 'comment'), pattern: written }),
  fc.record({
    kind: fc.constant('box'),
    north: degrees(90),
    south: degrees(90),
    west: degrees(180),
    east: degrees(180)
  }),
  fc.record({
    kind: fc.constant('hour'),
    weekday: fc.nat({ max: 6 }),
    hour: fc.nat({ max: 23 }),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires')
  })
) as fc.Arbitrary<Filter>

function degrees(most: number): fc.Arbitrary<number> {
  return fc.integer({ min: -most * 100, max: most * 100 }).map((hundredths) => hundredths / 100 + 0)
}

/** Any filter a page, a chart or an analyst may make. */
export const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    clause,
    fc.record({ kind: fc.constant('and' as const), of: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('or' as const), of: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('filter') })
  )
})).filter
