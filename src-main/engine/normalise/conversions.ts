import type { Conversion } from '../../contract/source'

const oneOf = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ')

const succeeded = [
  'success',
  'successful',
  'succeeded',
  'ok',
  'true',
  'allow',
  'allowed',
  'granted',
  'pass',
  'passed',
  'completed'
]
const failed = [
  'failure',
  'failed',
  'fail',
  'error',
  'false',
  'denied',
  'deny',
  'forbidden',
  'unauthorized',
  'rejected',
  'refused',
  'blocked',
  'partiallysucceeded',
  'fraud',
  'timeout'
]

// Times as people's programs write them when they do not write ISO 8601; tried only where that failed. %z is an offset.
const timeFormats = [
  '%Y-%m-%d %H:%M:%S,%g',
  '%Y/%m/%d %H:%M:%S',
  '%a, %d %b %Y %H:%M:%S GMT',
  '%a, %d %b %Y %H:%M:%S %z',
  '%d/%b/%Y:%H:%M:%S %z',
  '%d %b %Y %H:%M:%S',
  '%b %d, %Y %H:%M:%S',
  '%b %d, %Y %I:%M:%S %p',
  '%d.%m.%Y %H:%M:%S',
  '%m/%d/%Y %I:%M:%S %p',
  '%a %b %d %H:%M:%S %Y'
]

const number = (sql: string) => `TRY_CAST(${sql} AS DOUBLE)`
const micros = (sql: string) => `TRY(make_timestamp(CAST(${sql} AS BIGINT)))`

// A product that lets one choose writes a number where another writes a date: ten digits are seconds, until the year 2286.
const digits = (sql: string) => `TRY_CAST(${sql} AS UBIGINT)`
const epochOf = (sql: string) => `CASE length(${sql}) WHEN 10 THEN ${micros(`${digits(sql)} * 1000000`)}
  WHEN 13 THEN ${micros(`${digits(sql)} * 1000`)} WHEN 16 THEN ${micros(digits(sql))} WHEN 19 THEN ${micros(`${digits(sql)} // 1000`)} END`

// DuckDB's cast to TIMESTAMP drops an offset; the one to TIMESTAMPTZ applies it, and reads a time without one in the session's zone, UTC.
const timeOf = (sql: string) => `CASE WHEN ends_with(${sql}, 'Z') THEN TRY_CAST(${sql} AS TIMESTAMP)
  ELSE coalesce(TRY_CAST(${sql} AS TIMESTAMPTZ)::TIMESTAMP, CAST(try_strptime(${sql}, [${oneOf(timeFormats)}]) AS TIMESTAMP),
    ${epochOf(sql)}) END`

/** SQL that brings the text `sql` to a value of the conversion; NULL where it does not convert. */
export const converted: Record<Conversion, (sql: string) => string> = {
  time: timeOf,
  epoch_s: (sql) => micros(`round(${number(sql)} * 1000000)`),
  epoch_ms: (sql) => `TRY(make_timestamp_ms(TRY_CAST(${sql} AS BIGINT)))`,
  epoch_us: (sql) => micros(`TRY_CAST(${sql} AS BIGINT)`),
  epoch_ns: (sql) => micros(`TRY_CAST(${sql} AS BIGINT) // 1000`),
  seconds_nanos: (sql) =>
    micros(
      `coalesce(TRY_CAST(${sql}->>'$.seconds' AS BIGINT) * 1000000 + coalesce(TRY_CAST(${sql}->>'$.nanos' AS BIGINT), 0) // 1000)`
    ),
  number: (sql) => `TRY_CAST(${number(sql)} AS BIGINT)`,
  boolean: (sql) =>
    `CASE WHEN lower(${sql}) IN ('true', '1', 'yes') THEN true WHEN lower(${sql}) IN ('false', '0', 'no') THEN false END`,
  json: (sql) => sql,
  lower: (sql) => `lower(${sql})`
}

/** `success`, `failure` or NULL, whatever the log's spelling. */
export const outcomeOf = (sql: string): string =>
  `CASE WHEN lower(${sql}) IN (${oneOf(succeeded)}) THEN 'success' WHEN lower(${sql}) IN (${oneOf(failed)}) THEN 'failure' END`

const octet = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
const v4 = `${octet}(\\.${octet}){3}`
const v6 = '[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*'

/**
 * The address in the text `sql`, in lower case without brackets, port or IPv4 mapping; NULL where it is none.
 * `255.255.255.255` stands for "could not be determined" in authentik, so it is none.
 */
export const addressOf = (sql: string): string => `CASE
  WHEN ${sql} IS NULL OR ${sql} = '255.255.255.255' THEN NULL
  WHEN regexp_full_match(${sql}, '${v4}') THEN ${sql}
  WHEN regexp_full_match(lower(${sql}), '\\[?(::ffff:)?${v4}\\]?(:[0-9]{1,5})?') THEN regexp_extract(${sql}, '${v4}')
  WHEN regexp_full_match(lower(${sql}), '(\\[${v6}\\](:[0-9]{1,5})?)|${v6}(%[a-z0-9]+)?')
    THEN regexp_extract(lower(${sql}), '${v6}')
  END`
