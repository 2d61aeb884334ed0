import { type AddressBlock, addressBlock, addressNumber } from '../../contract/address-block'
import { AppError } from '../../contract/errors'
import { type AnyField, fieldInfo, type Value } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import { zoneNamed } from '../../contract/zone'
import { identifier } from '../store/sql'
import { type Dialect, duckdb } from './dialect'
import { eventsSql } from './events-sql'
import { type Bind, eventField } from './field-sql'
import { isSql } from './is-sql'
import { likePattern } from './like-pattern'
import { markedSql } from './marked-sql'
import { namedSql } from './names-sql'
import { addressWhere, placeWhere } from './place-sql'
import { recordWhere } from './record-sql'
import { type Condition, presentSql, textSql } from './text-sql'
import { quarter, quarterTime } from './time-sql'
import { digits, microsOf, numberSql } from './value-sql'
import { wordsSql } from './words-sql'

const minute = 60_000_000n
const units = { minutes: minute, hours: 60n * minute, days: 1440n * minute } as const

/** Filters that are SQL already: what the engine found out before it asks. None comes over a wire. */
const written = new WeakMap<Filter, (bind: Bind) => string>()

/** A filter that is this condition, and says `text` of itself: another condition, another text. */
export function sqlFilter(text: string, condition: (bind: Bind) => string): Filter {
  const filter: Filter = { kind: 'words', text }
  written.set(filter, condition)
  return filter
}

/** The filter as a condition on the rows of `entry`. */
export function filterSql(filter: Filter, bind: Bind, dialect: Dialect = duckdb): string {
  const within = (inner: Filter) => filterSql(inner, bind, dialect)
  const own = written.get(filter)
  if (own) return own(bind)
  switch (filter.kind) {
    case 'and':
      return filter.of.length === 0 ? 'TRUE' : filter.of.map((inner) => `(${within(inner)})`).join(' AND ')
    case 'or':
      return filter.of.length === 0 ? 'FALSE' : filter.of.map((inner) => `(${within(inner)})`).join(' OR ')
    case 'not':
      // A comparison with NULL is neither true nor false; an event that lacks the field must still count as "not".
      return `(${within(filter.of)}) IS NOT TRUE`
    case 'is':
      return isSql(filter, bind, dialect)
    case 'like': {
      const bound = `lower(${bind(likePattern(filter.pattern))})`
      return textSql(filter.field, bind, dialect, (text) => `lower(${text}) LIKE ${bound} ESCAPE '\\'`)
    }
    case 'regex': {
      const pattern = bind(filter.pattern)
      return textSql(filter.field, bind, dialect, (text) => dialect.matches(text, pattern, filter.exact ?? false))
    }
    case 'present':
      return presentSql(filter.field, bind, dialect)
    case 'range':
      return rangeSql(filter, bind, dialect)
    case 'last': {
      const length = dialect.duration(bind(BigInt(Math.round(filter.amount)) * units[filter.unit]))
      return `"@timestamp" >= (SELECT max("@timestamp") FROM entry WHERE shown) - ${length}`
    }
    case 'cidr': {
      const block = addressBlock(filter.block)
      if (!block) throw new AppError('query_syntax', `"${filter.block}" is no block of addresses, like 10.0.0.0/8.`)
      if (filter.field === 'source.ip' && block.family === 4) return blockSql(block, bind, dialect)
      return addressSql(
        filter.field,
        digits(block.family, block.first),
        digits(block.family, block.last),
        bind,
        dialect
      )
    }
    case 'named':
      return namedSql(filter, bind)
    case 'marked':
      return markedSql(filter, bind)
    case 'events':
      return eventsSql(filter, bind)
    case 'words':
      return filter.text === '' ? 'TRUE' : wordsSql(filter.text, bind, dialect)
    case 'box': {
      const [south, north, west, east] = [filter.south, filter.north, filter.west, filter.east].map(bind)
      const across = filter.west > filter.east ? 'OR' : 'AND'
      return placeWhere(`lat BETWEEN ${south} AND ${north} AND (lon >= ${west} ${across} lon <= ${east})`)
    }
    case 'hour': {
      const { weekday, hour, zone } = filter
      const shows = (local: string) =>
        `${dialect.weekday(local)} = ${bind(weekday)} AND ${dialect.hour(local)} = ${bind(hour)}`
      if (zone === 'UTC') return shows('"@timestamp"')
      // Converting to a zone is slow, and slower still out of order: it is done once per quarter of an hour, which every zone keeps to.
      const local = dialect.local(quarterTime('q', dialect), bind(zoneNamed(zone)))
      const all = `SELECT unnest(list_sort(list(DISTINCT ${quarter(dialect)}))) AS q FROM entry WHERE "@timestamp" IS NOT NULL`
      return `${quarter(dialect)} IN (WITH quarters AS MATERIALIZED (${all}) SELECT q FROM quarters WHERE ${shows(local)})`
    }
  }
}

type Range = Extract<Filter, { kind: 'range' }>

function rangeSql(filter: Range, bind: Bind, dialect: Dialect): string {
  const { field, from, to } = filter
  if (from === undefined && to === undefined) return presentSql(field, bind, dialect)
  const known = eventField(field)
  const between = (operand: string, value: (bound: Value) => string) =>
    [
      ...(from === undefined ? [] : [`${operand} ${filter.above ? '>' : '>='} ${value(from)}`]),
      ...(to === undefined ? [] : [`${operand} ${filter.including ? '<=' : '<'} ${value(to)}`])
    ].join(' AND ')
  switch (known && fieldInfo(known).type) {
    case 'time':
      return between(identifier(field), (bound) => dialect.instant(bind(microsOf(bound))))
    case 'number':
      return between(identifier(field), (bound) => numberSql(bound, bind, dialect)[0] ?? 'NULL')
    case 'ip':
      return addressRange(filter, bind, dialect)
    default: {
      if (known || typeof (from ?? to) !== 'number')
        return textSql(field, bind, dialect, (text) =>
          between(`lower(${text})`, (bound) => `lower(${bind(String(bound))})`)
        )
      return recordWhere(field, bind, dialect, (text) =>
        between(`TRY_CAST(${text} AS DOUBLE)`, (bound) => `CAST(${bind(Number(bound))} AS DOUBLE)`)
      )
    }
  }
}

/** An IPv4 block by the numbers it fixes, which is far faster than comparing whole addresses. */
function blockSql({ first, last }: AddressBlock, bind: Bind, dialect: Dialect): string {
  const numbers = [24n, 16n, 8n, 0n].map(
    (shift) => [Number((first >> shift) & 255n), Number((last >> shift) & 255n)] as const
  )
  const fixed = numbers.findIndex(([low, high]) => low !== high)
  const same = numbers.slice(0, fixed < 0 ? 4 : fixed).map(([low]) => low)
  if (same.length === 4) return `"source.ip" = ${bind(same.join('.'))}`
  const [low = 0, high = 255] = numbers[fixed] ?? []
  const lies = `${dialect.octet('"source.ip"', fixed + 1)} BETWEEN ${bind(low)} AND ${bind(high)}`
  return same.length === 0 ? lies : `"source.ip" LIKE ${bind(`${same.join('.')}.%`)} AND ${lies}`
}

/** The address lies between two, both included, given as hex digits. */
function addressSql(field: AnyField, first: string, last: string, bind: Bind, dialect: Dialect): string {
  const [low, high] = [bind(first), bind(last)]
  const lies: Condition = (address) =>
    dialect.anyOf(
      `[${dialect.addressDigits(address)}]`,
      (a) => `length(${a}) = ${first.length} AND ${a} BETWEEN ${low} AND ${high}`
    )
  return field === 'source.ip'
    ? addressWhere(lies('address'), first.length === 8 ? 4 : 6)
    : textSql(field, bind, dialect, lies)
}

function addressRange({ field, from, to, above, including }: Range, bind: Bind, dialect: Dialect): string {
  const [low, high] = [from, to].map((bound) => {
    const address = bound === undefined ? undefined : addressNumber(String(bound))
    if (bound !== undefined && !address) throw new AppError('query_syntax', `"${bound}" is no address.`)
    return address
  })
  const family = (low ?? high)?.family ?? 4
  if (low && high && low.family !== high.family)
    throw new AppError('query_syntax', `${from} and ${to} are not of one kind: one is IPv4, the other IPv6.`)
  const first = (low?.value ?? 0n) + (low && above ? 1n : 0n)
  const last = high ? high.value - (including ? 0n : 1n) : (1n << (family === 4 ? 32n : 128n)) - 1n
  return first > last ? 'FALSE' : addressSql(field, digits(family, first), digits(family, last), bind, dialect)
}
