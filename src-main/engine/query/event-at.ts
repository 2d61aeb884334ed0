import { AppError } from '../../contract/errors'
import type { Bind } from './field-sql'
import { type Run, statement } from './statement'

/** Where an event stands: its row, its evidence, and its time in microseconds, null where it has none. */
export interface EventAt {
  readonly row: number
  readonly evidence: number
  readonly time: bigint | null
}

/** Finds the event of an id, `<beginning of the SHA-256>-<number of the record>`. */
export async function eventAt(id: string, run: Run): Promise<EventAt> {
  const [, hash = '', number = '0'] = /^([0-9a-f]{4,64})-(\d{1,15})$/.exec(id) ?? []
  const [found] = await run(
    statement(
      (bind) => `WITH wanted AS MATERIALIZED (SELECT id, first_row + ${bind(BigInt(number))} - 1 AS row FROM evidence
          WHERE starts_with(sha256, ${bind(hash)}) AND ${bind(BigInt(number))} BETWEEN 1 AND records ORDER BY id LIMIT 1)
        SELECT rowid AS row, (SELECT id FROM wanted) AS evidence, epoch_us("@timestamp") AS time
        FROM entry WHERE rowid = (SELECT row FROM wanted)`
    )
  )
  if (hash === '' || !found) throw new AppError('record_missing', `There is no event ${id} in this case.`)
  const { row, evidence, time } = found
  return {
    row: row as number,
    evidence: evidence as number,
    time: time === null ? null : BigInt(time as number)
  }
}

/** Before or after an event in the order of time, of the same instant in that of the files; what has no time comes after all that has. */
export function besideSql(at: EventAt, forward: boolean, bind: Bind): string {
  const row = `rowid ${forward ? '>' : '<'} ${bind(BigInt(at.row))}`
  if (at.time === null) return forward ? `"@timestamp" IS NULL AND ${row}` : `("@timestamp" IS NOT NULL OR ${row})`
  const time = `make_timestamp(${bind(at.time)}::BIGINT)`
  return forward
    ? `("@timestamp" > ${time} OR ("@timestamp" = ${time} AND ${row}) OR "@timestamp" IS NULL)`
    : `"@timestamp" <= ${time} AND ("@timestamp" < ${time} OR ${row})`
}

/** The order of time, as the events of a case have it. */
export const inTime = (forward: boolean): string =>
  forward ? '"@timestamp" NULLS LAST, rowid' : '"@timestamp" DESC NULLS FIRST, rowid DESC'
