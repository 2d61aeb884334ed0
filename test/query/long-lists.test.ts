import { describe, expect, it } from 'vitest'
import type { AnyField, Value } from '../../src-main/contract/event'
import { type Filter, not } from '../../src-main/contract/filter'
import { filterOf, printFilter } from '../../src-main/contract/query-text'
import { passes } from './brute-force'
import { entries, openSmallCase } from './small-case'

const { asking } = await openSmallCase()

const counted = async (filter: Filter) => (await asking.ask({ select: 'count', filter })).count
const found = (filter: Filter) => entries.filter((entry) => entry.shown !== false && passes(entry, filter)).length

const others = Array.from({ length: 10_000 }, (_, n) => n)
const address = (n: number) => (n % 3 === 0 ? `2001:db8:0::${n.toString(16)}` : `172.16.${n >> 8}.${n & 255}`)

const lists: readonly (readonly [
  field: AnyField,
  mine: readonly Value[],
  other: (n: number) => Value,
  count: number
])[] = [
  ['user.name', ['ALICE', 'résumé', "o'brien"], (n) => `user ${n}`, 8],
  ['source.ip', ['81.2.69.142', '2001:4860:4860:0::8888', '::ffff:10.0.0.5'], address, 5],
  ['source.geo.city_name', ['LONDON'], (n) => `city ${n}`, 4],
  ['event.severity', [2, 4], (n) => 100 + n, 2],
  ['@timestamp', ['2026-03-09T09:41:07.120Z'], (n) => new Date(86_400_000 * n).toISOString(), 2],
  ['change.fields', ['ROLE'], (n) => `field ${n}`, 2],
  ['record.op', ['key.create', 'KEY.DELETE'], (n) => `op ${n}`, 2],
  ['record.key.roles', ['Viewer'], (n) => `role ${n}`, 1],
  ['record.key.*', ['key_1'], (n) => `key ${n}`, 2],
  ['record.n', ['null'], (n) => `n${n}`, 1]
]

describe('a list of ten thousand values', () => {
  it.each(lists)('of %s finds what a short one finds', async (field, mine, other, count) => {
    const short: Filter = { kind: 'is', field, values: mine }
    expect(await counted(short)).toBe(count)
    const long: Filter = {
      kind: 'is',
      field,
      values: [...others.slice(5000).map(other), ...mine, ...others.map(other)]
    }
    // With a parameter for each value it takes longer than a test has.
    expect(await counted(long)).toBe(count)
    expect(await counted(not(long))).toBe(15 - count)
    expect(found(long)).toBe(count)
  })

  it('is printed, and read again', () => {
    const text = `source.ip:(${others.map((n) => `10.0.${n >> 8}.${n & 255}`).join(' or ')} or 192.168.0.0/16)`
    const filter = filterOf(text)
    expect(filter.kind === 'or' && filter.of.map(({ kind }) => kind)).toEqual(['is', 'cidr'])
    expect(filterOf(printFilter(filter))).toEqual(filter)
  })
})
