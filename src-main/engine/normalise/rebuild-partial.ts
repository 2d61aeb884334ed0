import { setImmediate } from 'node:timers/promises'
import { type DuckDBConnection, LIST, VARCHAR } from '@duckdb/node-api'
import { chainOrder } from './chain-sql'
import { changeEntries } from './change-entries'
import { type Known, KnownState, type Told } from './known-state'

const batch = 10_000
/** So many at a time, that the engine goes on answering. */
const breath = 500

type Row = readonly [
  row: number,
  chain: number,
  tells: string,
  logged: boolean,
  before: string | null,
  after: string | null
]

interface Rebuilt {
  readonly row: number
  readonly known: Known
  readonly before: unknown
  /** Whether the state after is as logged; if not there is none. */
  readonly asLogged: boolean
  readonly fields: readonly string[]
}

/**
 * Objects of which some record tells only some fields: what is known of each field is kept from record to record, which no window over
 * rows can do. Reads `chain`, adds to `rebuilt`, a batch at a time. `done` is given how many records are.
 */
export async function rebuildPartial(writer: DuckDBConnection, done: (records: number) => void): Promise<void> {
  await writer.run(`CREATE OR REPLACE TEMP TABLE parted AS
    SELECT row_number() OVER (ORDER BY object, undated, ${chainOrder}) AS n, c.row::DOUBLE AS row,
      dense_rank() OVER (ORDER BY object, undated)::DOUBLE AS chain, tells,
      e."change.basis" IS NOT DISTINCT FROM 'logged' AS logged, e."change.before", e."change.after"
    FROM chain c JOIN entry e ON e.rowid = c.row WHERE parts ORDER BY n`)
  try {
    let [chain, state] = [0, new KnownState()]
    for (let from = 1; ; from += batch) {
      const read = await writer.runAndReadAll(
        `SELECT * EXCLUDE (n) FROM parted WHERE n BETWEEN ${from} AND ${from + batch - 1} ORDER BY n`
      )
      const rows = read.getRows() as unknown as Row[]
      const found: Rebuilt[] = []
      for (const [at, [row, of, tells, logged, before, after]] of rows.entries()) {
        if (at % breath === 0) await setImmediate()
        if (of !== chain) [chain, state] = [of, new KnownState()]
        const told = { row, tells, before: logged ? parsed(before) : undefined, after: parsed(after) }
        if (!logged) found.push(...rebuilt(told, state))
        state.take(told)
      }
      await append(writer, found)
      done(from - 1 + rows.length)
      if (rows.length < batch) return
    }
  } finally {
    await writer.run('DROP TABLE IF EXISTS temp.parted')
  }
}

const parsed = (json: string | null): unknown => (json === null ? undefined : JSON.parse(json))

function rebuilt({ row, tells, after }: Told, state: KnownState): Rebuilt[] {
  if (tells === 'failed') return []
  const known = tells === 'partial' ? state.of(after) : state.now
  const asLogged = tells !== 'gone'
  // What is logged with a deletion is the state that was deleted.
  const before = known.value ?? (asLogged ? undefined : after)
  if (before === undefined && !(known.whole && asLogged)) return []
  const fields = asLogged ? differing(before, after, known.whole) : Object.keys(Object(before))
  return [{ row, known, before, asLogged, fields }]
}

/** The fields known to differ: one of which nothing is known before may have had the same value. */
function differing(before: unknown, after: unknown, whole: boolean): string[] {
  const [old, now] = [Object(before ?? {}), Object(after ?? {})] as [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => {
    if (JSON.stringify(old[key]) === JSON.stringify(now[key])) return false
    const entries = changeEntries(side(old, key), side(now, key), 'rebuilt')
    return entries.some((entry) => !entry.same && !entry.masked && (whole || 'before' in entry))
  })
}

const side = (of: Record<string, unknown>, key: string) => (Object.hasOwn(of, key) ? { [key]: of[key] } : {})

async function append(writer: DuckDBConnection, rows: readonly Rebuilt[]): Promise<void> {
  const appender = await writer.createAppender('rebuilt')
  for (const { row, known, before, asLogged, fields } of rows) {
    appender.appendBigInt(BigInt(row))
    if (known.row === undefined) appender.appendNull()
    else appender.appendBigInt(BigInt(known.row))
    appender.appendBoolean(known.whole)
    if (before === undefined) appender.appendNull()
    else appender.appendVarchar(JSON.stringify(before))
    appender.appendBoolean(asLogged)
    appender.appendNull()
    appender.appendList(fields, LIST(VARCHAR))
    appender.endRow()
  }
  appender.closeSync()
}
