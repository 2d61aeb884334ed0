import { AppError } from '../../contract/errors'
import type { Value } from '../../contract/event'
import { periodOf } from '../../contract/period'
import type { Dialect } from './dialect'
import type { Bind } from './field-sql'

/** Whole numbers stay whole, so that the column need not be converted; what is no number equals none. */
export function numberSql(value: Value, bind: Bind, dialect: Dialect): string[] {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) return []
  return [Number.isSafeInteger(number) ? dialect.number(bind(number)) : `CAST(${bind(number)} AS DOUBLE)`]
}

/** A time in microseconds since 1970. */
export function microsOf(value: Value): bigint {
  const period = periodOf(String(value))
  if (!period) throw new AppError('query_syntax', `"${value}" is no time: write it as 2026-03-09T09:41:07Z.`)
  return period.from
}

/** An address as hex digits, which compare as addresses do. */
export const digits = (family: 4 | 6, value: bigint): string => value.toString(16).padStart(family === 4 ? 8 : 32, '0')
