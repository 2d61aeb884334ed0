import type { Times } from '../../contract/source'
import { text } from '../store/sql'

// Times as people's programs write them when they do not write ISO 8601; tried only where that failed.
const local = [
  '%Y-%m-%d %H:%M:%S,%g',
  '%Y/%m/%d %H:%M:%S',
  '%d %b %Y %H:%M:%S',
  '%b %d, %Y %H:%M:%S',
  '%b %d, %Y %I:%M:%S %p',
  '%a %b %d %H:%M:%S %Y'
]
// %z is an offset.
const zoned = ['%a, %d %b %Y %H:%M:%S GMT', '%a, %d %b %Y %H:%M:%S %z', '%d/%b/%Y:%H:%M:%S %z']

const clocks = ['%H:%M:%S', '%H:%M', '%H:%M:%S.%f']
const halfDays = ['%I:%M:%S %p', '%I:%M %p']
const orders = { dmy: ['%d', '%m'], mdy: ['%m', '%d'] } as const

/** Dates of three numbers, in one order only: a file is not read now one way, now the other. A year of two digits is tried first. */
function numbered(order: keyof typeof orders, separator: string, times: readonly string[]): string[] {
  const date = (year: string) => [...orders[order], year].join(separator)
  return times.flatMap((time) => ['%y', '%Y'].flatMap((year) => [`${date(year)} ${time}`, `${date(year)}, ${time}`]))
}

/** Where nothing tells, month first is what programs write that tell the halves of the day apart; the rest of the world has the day first. */
const datesOf = ({ dates }: Times): string[] => [
  ...['/', '-'].flatMap((separator) => [
    ...numbered(dates ?? 'dmy', separator, clocks),
    ...numbered(dates ?? 'mdy', separator, halfDays)
  ]),
  ...numbered('dmy', '.', clocks)
]

// A product that lets one choose writes a number where another writes a date: ten digits are seconds, until the year 2286.
const digits = (sql: string) => `TRY_CAST(${sql} AS UBIGINT)`
const micros = (sql: string) => `TRY(make_timestamp(CAST(${sql} AS BIGINT)))`
const epochOf = (sql: string) => `CASE length(${sql}) WHEN 10 THEN ${micros(`${digits(sql)} * 1000000`)}
  WHEN 13 THEN ${micros(`${digits(sql)} * 1000`)} WHEN 16 THEN ${micros(digits(sql))} WHEN 19 THEN ${micros(`${digits(sql)} // 1000`)} END`

const parsed = (sql: string, formats: readonly string[]) =>
  `CAST(try_strptime(${sql}, [${formats.map(text).join(', ')}]) AS TIMESTAMP)`

/** A time that says its zone or its offset. Behind a date alone `-09` is no offset, so there must be a clock before it. */
export const saysZone = `[0-9T:. ](Z|UTC|GMT|[A-Z]{3,4}|[A-Za-z]+/[A-Za-z_]+)$|:[0-9]{2}([.,][0-9]+)? ?[+-][0-9]{2}(:?[0-9]{2})?$`

/** SQL that reads the text `sql` as a time: ISO 8601, the usual other forms, or digits. What says no zone is read in the one given, else UTC. */
export function timeOf(sql: string, times: Times = {}): string {
  const formats = [...local, ...datesOf(times)]
  // DuckDB's cast to TIMESTAMP drops an offset; the one to TIMESTAMPTZ applies it, and reads a time without one in the session's zone, UTC.
  // Neither may see 03-04-26, of which they would make the third year.
  const utc = `CASE WHEN ends_with(${sql}, 'Z') THEN TRY_CAST(${sql} AS TIMESTAMP)
  WHEN ${numberFirst(sql)} THEN ${parsed(sql, [...formats, ...zoned])}
  ELSE coalesce(TRY_CAST(${sql} AS TIMESTAMPTZ)::TIMESTAMP, ${parsed(sql, [...formats, ...zoned])}, ${epochOf(sql)}) END`
  if (times.zone === undefined || times.zone === 'UTC') return utc
  const cast = `CASE WHEN NOT (${numberFirst(sql)}) THEN TRY_CAST(${sql} AS TIMESTAMP) END`
  const there = `coalesce(${cast}, ${parsed(sql, formats)})`
  return `CASE WHEN regexp_matches(${sql}, ${text(`${saysZone}|^[0-9]+$`)}) THEN ${utc}
  ELSE timezone(${text(times.zone)}, ${there})::TIMESTAMP END`
}

const numberFirst = (sql: string) => `substr(${sql}, 2, 1) IN ('/', '-') OR substr(${sql}, 3, 1) IN ('/', '-')`
