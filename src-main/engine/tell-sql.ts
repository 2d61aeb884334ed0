import type { SqlResult } from '../contract/sql-result'
import type { OpenedCase } from './opened-case'

/** Says in the chain of custody what was asked of the case's tables in SQL, and how many rows came. */
export async function tellSql(opened: OpenedCase, sql: string, { rows, more }: SqlResult): Promise<void> {
  // Which columns and functions there are is no part of the case.
  if (await opened.asking.readsTables(sql))
    await opened.tell('searched', { sql, found: rows.length, ...(more && { more }) })
}
