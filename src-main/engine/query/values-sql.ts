import { type Field, fieldInfo, type Value } from '../../contract/event'
import { duckdb } from './dialect'
import { groupKey, groupValue, keyColumns, valuesSql } from './group-sql'
import { entryWith } from './rebuilt-sql'
import { type Run, statement } from './statement'

/** Values of a field that hold the text, those that begin with it first, then the most frequent. */
export async function valuesAnswer(
  field: Field,
  text: string,
  limit: number,
  run: Run
): Promise<readonly { readonly value: Value; readonly count: number }[]> {
  const rows = await run(
    statement((bind) => {
      const key = groupKey(field, 'k', bind)
      const counted = `(SELECT COLUMNS(*), count(*) AS n FROM (SELECT ${keyColumns([key])} FROM ${entryWith([field])} WHERE shown) GROUP BY ALL)`
      const part = `lower(${bind(text)})`
      const written =
        fieldInfo(field).type === 'time'
          ? `strftime(${duckdb.instant('v')}, '%Y-%m-%dT%H:%M:%S.%fZ')`
          : 'CAST(v AS VARCHAR)'
      return `SELECT v, n FROM (${valuesSql(counted, [key], [`${key.value} AS v`], ['n'])})
        WHERE v IS NOT NULL AND contains(lower(${written}), ${part})
        ORDER BY starts_with(lower(${written}), ${part}) DESC, n DESC, v LIMIT ${bind(BigInt(limit))}`
    })
  )
  return rows.map((row) => ({ value: groupValue(field, row['v']) as Value, count: row['n'] as number }))
}
