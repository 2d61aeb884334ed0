import { AppError } from '../../contract/errors'
import { fieldInfo } from '../../contract/event'
import type { AnswerTo, Query } from '../../contract/query'
import { identifier } from '../store/sql'
import { duckdb } from './dialect'
import { type Bind, eventField } from './field-sql'
import { filterSql } from './filter-sql'
import { recordText } from './record-sql'
import { type Run, statement } from './statement'

type Distribution = Extract<Query, { select: 'distribution' }>

/** How the numbers of a field are spread: first from where to where they go, then how many lie in each bar. */
export async function distributionAnswer(query: Distribution, run: Run): Promise<AnswerTo<Distribution>> {
  const { field, filter, bins } = query
  const known = eventField(field)
  if (known && fieldInfo(known).type !== 'number')
    throw new AppError('usage', `${field} holds no numbers, so they cannot be spread over bars.`)
  const numbers = (bind: Bind) => {
    const text = known ? identifier(known) : recordText(field, bind, duckdb)
    return `SELECT CASE WHEN isfinite(n) THEN n END AS v, held FROM (SELECT TRY_CAST(held AS DOUBLE) AS n, held
      FROM (SELECT ${text} AS held FROM entry WHERE shown AND (${filterSql(filter, bind)})))`
  }
  const [extent = {}] = await run(
    statement(
      (
        bind
      ) => `SELECT min(v) AS least, max(v) AS greatest, count(*) - count(held) AS absent, count(held) - count(v) AS others
        FROM (${numbers(bind)})`
    )
  )
  const { least, greatest } = extent as { least: number | null; greatest: number | null }
  const counts = { absent: extent['absent'] as number, others: extent['others'] as number }
  if (least === null || greatest === null) return { edges: [], counts: [], ...counts }
  const edges = edgesOver(least, greatest, bins)
  const rows = await run(
    statement((bind) => {
      // Counted by what is not greater: of negative numbers that is what is not less.
      const bounds = edges.slice(0, -1).map((edge) => `(${bind(-edge)})::DOUBLE`)
      return `SELECT unnest(map_entries(histogram(-v, [${bounds.toReversed().join(', ')}])), recursive := true) 
        FROM (${numbers(bind)}) WHERE v IS NOT NULL`
    })
  )
  const at = new Map(rows.map((row) => [row['key'] as number, row['value'] as number]))
  return { edges, counts: edges.slice(0, -1).map((edge) => at.get(-edge) ?? 0), least, greatest, ...counts }
}

/** Round numbers from not above the least to above the greatest: equally far apart, or 1, 2, 5, 10, 20 … where they differ a thousandfold. */
export function edgesOver(least: number, greatest: number, bins: number): number[] {
  if (least > 0 && greatest / least >= 1000) return decades(least, greatest, bins)
  const whole = Number.isInteger(least) && Number.isInteger(greatest)
  let step = roundUp((greatest - least) / bins || (whole ? 1 : Math.abs(least) / 10 || 1))
  if (whole) step = Math.max(1, step)
  for (;;) {
    const first = Math.floor(least / step)
    const count = Math.floor(greatest / step) + 1 - first
    if (count <= bins) return Array.from({ length: count + 1 }, (_, index) => exact((first + index) * step))
    step = roundUp(step * 1.01)
  }
}

function decades(least: number, greatest: number, bins: number): number[] {
  const from = Math.floor(Math.log10(least))
  const to = Math.ceil(Math.log10(greatest)) + 1
  for (const marks of [[1, 2, 5], [1, 3], [1]]) {
    const all = Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) =>
      marks.map((mark) => exact(mark * 10 ** power))
    )
    const first = all.findLastIndex((edge) => edge <= least)
    const last = all.findIndex((edge) => edge > greatest)
    if (last - first <= bins || marks.length === 1) return all.slice(first, last + 1)
  }
  return []
}

/** 1, 2 or 5 times a power of ten, not less than the number. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return exact(([1, 2, 5, 10].find((mark) => mark * power >= value * (1 - 1e-9)) ?? 10) * power)
}

/** Without what binary fractions leave over: 0.30000000000000004 is 0.3. */
const exact = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(15)))
