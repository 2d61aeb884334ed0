import type { Conversion, Times } from '../../contract/source'
import { timeOf } from './time-sql'

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

const number = (sql: string) => `TRY_CAST(${sql} AS DOUBLE)`
const micros = (sql: string) => `TRY(make_timestamp(CAST(${sql} AS BIGINT)))`

/** SQL that brings the text `sql` to a value of the conversion; NULL where it does not convert. */
export const converted: Record<Conversion, (sql: string, times?: Times) => string> = {
  time: timeOf,
  epoch_s: (sql) => micros(`round(${number(sql)} * 1000000)`),
  // Logs write parts of a millisecond behind a point.
  epoch_ms: (sql) => micros(`round(${number(sql)} * 1000)`),
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
