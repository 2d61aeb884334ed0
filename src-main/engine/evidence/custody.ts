import { createHash } from 'node:crypto'
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'

/** What was done to the case, by whom, when. Each line carries the hash of the one before, so that none can be changed or taken out. */
export interface CustodyLine {
  readonly at: string
  readonly did:
    | 'created'
    | 'opened'
    | 'imported'
    | 'read again'
    | 'refused'
    | 'canceled'
    | 'verified'
    | 'geo'
    | 'searched'
    | 'marked'
    | 'tested'
    | 'connected'
    | 'asked'
    | 'pulled'
  readonly by: string
  readonly detail: Readonly<Record<string, unknown>>
  /** SHA-256 of the line before, as it stands in the file; empty for the first. */
  readonly previous: string
}

/** How many lines were ever written, and the SHA-256 of the last: kept in the database, so that a log cut short is found out. */
export interface Anchor {
  readonly lines: number
  readonly last: string
}

const sha256 = (line: string) => createHash('sha256').update(line).digest('hex')

/** The append-only log of one case. */
export class Custody {
  readonly #file: string
  readonly #connection: DuckDBConnection
  #anchor: Anchor
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(file: string, connection: DuckDBConnection, anchor: Anchor) {
    this.#file = file
    this.#connection = connection
    this.#anchor = anchor
  }

  /** Goes on from the last line that the database knows of, whatever became of the file: a log that was cut stays broken where it was. */
  static async open(file: string, connection: DuckDBConnection): Promise<Custody> {
    const lines = wholeLines(file)
    const last = lines.at(-1)
    const found = { lines: lines.length, last: last === undefined ? '' : sha256(last) }
    // Cases from before there was an anchor get theirs now.
    const anchor = (await anchorOf(connection)) ?? found
    const custody = new Custody(file, connection, brokenAt(lines) === null && goesOn(lines, anchor) ? found : anchor)
    await custody.#keep()
    return custody
  }

  append(did: CustodyLine['did'], by: string, at: Date, detail: CustodyLine['detail']): Promise<void> {
    return this.appendAll(by, at, [{ did, detail }])
  }

  /** Several lines of one moment, on the disk together: for each by itself the disk would be waited for. */
  appendAll(by: string, at: Date, entries: readonly Pick<CustodyLine, 'did' | 'detail'>[]): Promise<void> {
    const written = this.#writing.then(async () => {
      let { lines, last } = this.#anchor
      const text = entries.map(({ did, detail }) => {
        const line = JSON.stringify({ at: at.toISOString(), did, by, detail, previous: last } satisfies CustodyLine)
        lines++
        last = sha256(line)
        return `${line}\n`
      })
      await appendWhole(this.#file, text.join(''))
      this.#anchor = { lines, last }
      await this.#keep()
    })
    this.#writing = written.catch(() => {})
    return written
  }

  /** Which of these evidence files the log does not tell the import of, though it is whole: the application ended before it could. */
  untold<T extends { readonly sha256: string }>(evidence: readonly T[]): T[] {
    const lines = custodyLines(this.#file)
    if (custodyFault(lines, this.#anchor) !== null) return []
    const told = importedIn(lines)
    return evidence.filter((one) => !told.has(one.sha256))
  }

  async close(): Promise<void> {
    await this.#writing
    this.#connection.closeSync()
  }

  async #keep(): Promise<void> {
    const { lines, last } = this.#anchor
    await this.#connection.run(
      `INSERT INTO meta VALUES ('custody.lines', $1), ('custody.last', $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [String(lines), last]
    )
  }
}

/** The anchor as the database holds it; none in cases that no Spoor with anchors has opened. */
export async function anchorOf(connection: DuckDBConnection): Promise<Anchor | undefined> {
  const found = await connection.runAndReadAll(
    `SELECT key, value FROM meta WHERE key IN ('custody.lines', 'custody.last')`
  )
  const values = new Map(found.getRows() as [string, string][])
  const last = values.get('custody.last')
  return last === undefined ? undefined : { lines: Number(values.get('custody.lines')), last }
}

/** The lines of a custody log. */
export const custodyLines = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []

/** What is wrong with the chain of a log or with its end, in words; null where nothing is. */
export function custodyFault(lines: readonly string[], anchor: Anchor | undefined): string | null {
  if (lines.length === 0) return 'the log is missing'
  const broken = brokenAt(lines)
  if (broken !== null) return `line ${broken} of ${lines.length} does not fit the one before it`
  if (!anchor) return null
  const last = lines.at(-1) as string
  const whole = anchor.lines === lines.length && anchor.last === sha256(last)
  if (whole || goesOn(lines, anchor)) return null
  if (lines.length < anchor.lines) return `${lines.length} lines, but ${anchor.lines} were written: its end was cut off`
  return `its ${lines.length} lines do not end as they did when the case last wrote to it`
}

/** The SHA-256 of every evidence file whose import the log tells. */
export function importedIn(lines: readonly string[]): ReadonlySet<string> {
  const all = lines.map(parsed).filter((line) => line?.did === 'imported' || line?.did === 'read again')
  return new Set(all.map((line) => String(line?.detail?.['sha256'])))
}

/** Whether the first line tells how the case was made. */
export const beginsWithCase = (lines: readonly string[]): boolean => parsed(lines[0])?.did === 'created'

/** The number of the first line that does not carry the hash of the one before it. */
export function brokenAt(lines: readonly string[]): number | null {
  let previous = ''
  for (const [index, line] of lines.entries()) {
    if (previousOf(line) !== previous) return index + 1
    previous = sha256(line)
  }
  return null
}

/** Whether lines follow the anchored one: they are written first and anchored then, and the application may have ended in between. */
const goesOn = (lines: readonly string[], anchor: Anchor) =>
  lines.length > anchor.lines && previousOf(lines[anchor.lines]) === anchor.last
const previousOf = (line: string | undefined) => parsed(line)?.previous

function parsed(line: string | undefined): Partial<CustodyLine> | undefined {
  try {
    return JSON.parse(line ?? '')
  } catch {
    return undefined
  }
}

/** The lines there are, without one that the application did not come to finish. */
function wholeLines(file: string): readonly string[] {
  if (existsSync(file)) {
    const bytes = readFileSync(file)
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end < bytes.length) truncateSync(file, end)
  }
  return custodyLines(file)
}

/** On the disk before it is anchored; all of the line or, on a full disk, nothing of it. */
async function appendWhole(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a')
  const { size } = await handle.stat()
  try {
    await handle.appendFile(line)
    await handle.sync()
  } catch (error) {
    await handle.truncate(size)
    throw error
  } finally {
    await handle.close()
  }
}
