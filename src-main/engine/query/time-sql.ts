import { type Dialect, duckdb } from './dialect'

/** Microseconds from the year 1 to 1970: added, so that whole division rounds down for early times as well. */
const yearOne = 62_135_596_800_000_000n

/** The number of the stretch of this width that a time lies in, counted from `start`. */
export const stretch = (width: bigint, start = -yearOne, dialect: Dialect = duckdb): string =>
  `(${dialect.micros('"@timestamp"')} - (${start})) // ${width}`

/** The start of a stretch, in microseconds since 1970. */
const stretchStart = (number: string, width: bigint): string => `${number} * ${width} - ${yearOne}`

const quarterWidth = 900_000_000n
/** The quarter of an hour that an event lies in. */
export const quarter = (dialect: Dialect = duckdb): string => stretch(quarterWidth, -yearOne, dialect)
export const quarterTime = (number: string, dialect: Dialect = duckdb): string =>
  dialect.instant(stretchStart(number, quarterWidth))

/** The quarter of an hour of a time, and where one starts, in microseconds since 1970. */
export const quarterOf = (micros: bigint): number => Number((micros + yearOne) / quarterWidth)
export const quarterStarts = (number: number): bigint => BigInt(number) * quarterWidth - yearOne
