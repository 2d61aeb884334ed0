import type { Bind } from './field-sql'

export type Bound = string | number | boolean | bigint
export type SqlRow = Readonly<Record<string, unknown>>

/** SQL with `$1`, `$2`, … and what is bound to them. */
export interface Statement {
  readonly sql: string
  readonly values: readonly Bound[]
}

/** Runs one statement and answers its rows; whole numbers as JavaScript numbers. */
export type Run = (statement: Statement) => Promise<readonly SqlRow[]>

/** A statement written with values that bind themselves. */
export function statement(write: (bind: Bind) => string): Statement {
  const values: Bound[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  return { sql: write(bind), values }
}
