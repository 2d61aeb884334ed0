import {
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  type DuckDBValue
} from '@duckdb/node-api'
import { isoTime } from '../../contract/instant'

// The years 1 to 9999, in microseconds: what ISO 8601 writes with four digits.
const [first, last] = [-62_135_596_800_000_000n, 253_402_300_799_999_999n]

/** A value as plain data that crosses a wire: whole numbers as far as they are exact, what JSON has no number for as text, times as ISO 8601 in UTC. */
export function plainValue(value: DuckDBValue): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : String(value)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return time(value.micros, value)
  if (value instanceof DuckDBTimestampMillisecondsValue) return time(value.millis * 1_000n, value)
  if (value instanceof DuckDBTimestampSecondsValue) return time(value.seconds * 1_000_000n, value)
  if (value instanceof DuckDBTimestampNanosecondsValue || value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(plainValue)
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([key, one]) => [key, plainValue(one)]))
  if (value instanceof DuckDBMapValue)
    return value.entries.map(({ key, value: one }) => [plainValue(key), plainValue(one)])
  if (value instanceof DuckDBUnionValue) return plainValue(value.value)
  return value.toString()
}

const time = (micros: bigint, value: object) => (micros >= first && micros <= last ? isoTime(micros) : String(value))
