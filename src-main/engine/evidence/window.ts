import { type FileHandle, lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { EvidenceBytes, EvidenceWindow } from '../../contract/evidence'
import { type Case, type Evidence, stillComing } from '../store/case'
import { contentOf } from './content'
import { encodingOf } from './encoding'
import { countLines, type LineBreak, lineBreakOf, offsetOfLine, type Read } from './line-breaks'
import { Spool } from './spool'
import { storedBytes } from './stored'
import { compressionOf } from './unpack'

const widest = 256 << 10
const headBytes = 64 << 10

interface Opened {
  readonly read: Read
  readonly total: () => number | null
  readonly compression?: string
  readonly encoding: EvidenceBytes['encoding']
  readonly lineBreak: LineBreak
  close(): Promise<void>
}

/** The evidence files of one case, looked into byte by byte. Nothing but the case's own evidence is ever opened. */
export class EvidenceWindows {
  readonly #of: Case
  readonly #opened = new Map<string, Promise<Opened>>()

  constructor(of: Case) {
    this.#of = of
  }

  async read(connection: DuckDBConnection, { evidence: hash, at, length }: EvidenceWindow): Promise<EvidenceBytes> {
    const evidence = this.#of.named(hash)
    if (evidence && evidence === this.#of.coming) throw stillComing(evidence)
    if (!evidence) throw new AppError('record_missing', `There is no evidence ${hash} in this case.`)
    const opened = await this.#open(evidence)
    const asked = Math.min(widest, Math.max(0, Math.trunc(length)))
    const offset = 'line' in at ? await this.#offsetOf(connection, evidence, opened, at.line) : Math.trunc(at.offset)
    const from = await within(opened, Math.max(0, offset))
    const anchor = await anchorBefore(connection, evidence, 'offset', from)
    const lines = await countLines(opened.read, opened.lineBreak, anchor.offset, from)
    const bytes = await opened.read(from, asked)
    return {
      name: evidence.name,
      sha256: evidence.sha256,
      bytes: bytes.toString('base64'),
      offset: from,
      line: anchor.line + lines.count,
      lineBegins: lines.count > 0 ? lines.last === from : from === anchor.offset && (await begins(opened, from)),
      total: opened.total(),
      encoding: opened.encoding,
      ...(opened.compression === undefined ? {} : { compression: opened.compression })
    }
  }

  async close(): Promise<void> {
    const opened = [...this.#opened.values()]
    this.#opened.clear()
    await Promise.allSettled(opened.map(async (one) => (await one).close()))
  }

  #open(evidence: Evidence): Promise<Opened> {
    const known = this.#opened.get(evidence.sha256)
    if (known) return known
    const opening = openEvidence(this.#of, evidence)
    this.#opened.set(evidence.sha256, opening)
    opening.catch(() => this.#opened.delete(evidence.sha256))
    return opening
  }

  async #offsetOf(connection: DuckDBConnection, evidence: Evidence, opened: Opened, line: number): Promise<number> {
    // A record may begin in the midst of its line, so it is counted from the line before.
    const anchor = await anchorBefore(connection, evidence, 'line', Math.trunc(line) - 1)
    return offsetOfLine(opened.read, opened.lineBreak, anchor, line)
  }
}

async function openEvidence(of: Case, evidence: Evidence): Promise<Opened> {
  const { file, name, sha256, ledger } = evidence
  const path = join(of.evidenceFolder, file)
  const info = /^[0-9a-f]{64}$/.test(file) ? await lstat(path).catch(() => undefined) : undefined
  if (!info?.isFile()) {
    const sentence = `${name} is missing from the case's evidence folder. Import it again: its bytes are known by their SHA-256.`
    throw new AppError('evidence_damaged', sentence, { file: name })
  }
  const handle = await open(path, 'r')
  const start = await readFrom(handle, 0, 4)
  const compression = ledger.archive ? 'archive' : compressionOf(start)
  const content = compression === 'none' ? undefined : contentOf(storedBytes(of, evidence))
  const spool = content && new Spool(content, join(of.scratch, `window-${sha256}`), name)
  const read: Read = spool
    ? (offset, length) => spool.read(offset, length)
    : (offset, length) => readFrom(handle, offset, length)
  const head = await read(0, headBytes)
  const { encoding } = encodingOf(head)
  return {
    read,
    total: () => (spool ? spool.total : info.size),
    ...(spool ? { compression } : {}),
    encoding,
    lineBreak: lineBreakOf(head, encoding),
    close: async () => {
      await spool?.close()
      await handle.close()
    }
  }
}

async function readFrom(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let got = 0
  while (got < length) {
    const { bytesRead } = await handle.read(bytes, got, length - got, offset + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return bytes.subarray(0, got)
}

/** An offset beyond the end is the end; in a compressed file that is known only once it is reached. */
async function within({ read, total }: Opened, offset: number): Promise<number> {
  if (total() === null) await read(offset, 1)
  return Math.min(offset, total() ?? offset)
}

const begins = async ({ read, lineBreak }: Opened, offset: number): Promise<boolean> =>
  offset === 0 || lineBreak.ends(await read(Math.max(0, offset - lineBreak.width), lineBreak.width))

/** The nearest place of a record at or before this offset or line: lines are counted from there. */
async function anchorBefore(
  connection: DuckDBConnection,
  { id, firstRow, records }: Evidence,
  by: 'offset' | 'line',
  most: number
): Promise<{ readonly line: number; readonly offset: number }> {
  const nearest = (table: string, where: string) =>
    `(SELECT line, "offset" FROM ${table} WHERE ${where} AND "${by}" <= ${most} AND line IS NOT NULL ORDER BY "${by}" DESC LIMIT 1)`
  const found = await connection.runAndReadAll(
    `SELECT line::DOUBLE, "offset"::DOUBLE FROM (
      ${nearest('stretch', `evidence = ${id}`)} UNION ALL ${nearest('entry', `rowid >= ${firstRow} AND rowid < ${firstRow + records}`)})
     ORDER BY "${by}" DESC LIMIT 1`
  )
  const [row] = found.getRows() as [number, number][]
  return row ? { line: row[0], offset: row[1] } : { line: 1, offset: 0 }
}
