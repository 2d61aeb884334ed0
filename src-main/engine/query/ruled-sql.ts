import type { Filter } from '../../contract/filter'
import { filterSql } from './filter-sql'
import { type Run, statement } from './statement'

/** For each row the place of the first rule it passes, null where it passes none. */
export async function ruledAnswer(
  ids: readonly number[],
  rules: readonly Filter[],
  run: Run
): Promise<readonly (number | null)[]> {
  if (ids.length === 0 || rules.length === 0) return ids.map(() => null)
  const rows = await run(
    statement((bind) => {
      const cases = rules.map((rule, place) => `WHEN ${filterSql(rule, bind)} THEN ${place}`)
      return `SELECT rowid AS row, CASE ${cases.join(' ')} END AS rule FROM entry
        WHERE rowid IN (SELECT unnest([${ids.join(', ')}]::BIGINT[]))`
    })
  )
  const byRow = new Map(rows.map(({ row, rule }) => [row as number, rule as number | null]))
  return ids.map((id) => byRow.get(id) ?? null)
}
