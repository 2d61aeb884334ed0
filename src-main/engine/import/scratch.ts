import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { text } from '../store/sql'
import type { Reading } from './reading'
import type { Piece } from './split'
import type { Utf16Places } from './utf16-places'

/**
 * What the reader hands to DuckDB: a stretch of records in a file that its fast line reader takes without loss.
 * `plain`: the log's own lines, proven free of anything that reader trips over. `detailed`: one line a record with its place in front,
 * and the few bytes that would end the line or the cell written as an escape and a letter.
 */
export interface Segment {
  readonly file: string
  readonly mode: 'plain' | 'detailed'
  readonly escaped: boolean
  /** For detailed ones: whether each line begins with the number of the evidence its record stands in. */
  readonly numbered?: boolean
  /** For detailed ones: bytes of the longest line. */
  readonly longest?: number
  readonly records: number
  /** Bytes of the original read so far, when this segment is in. */
  readonly bytes: number
  /** For plain ones: number (from 0), line and offset of every 2,048th record. */
  readonly stretches: readonly { readonly record: number; readonly line: number; readonly offset: number }[]
}

const LF = 0x0a
const separator = '\x01'
const escaper = '\x1d'
const letters = [
  ['\n', 'n'],
  ['\r', 'r'],
  [separator, 's'],
  ['\0', 'z']
] as const
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the bytes that are escaped
const special = /[\n\r\x00\x01\x1d]/g
const letterOf = new Map<string, string>([...letters, [escaper, 'e']])
const code = (char: string) => `chr(${char.charCodeAt(0)})`

// Text in DuckDB cannot hold a NUL in the middle of JSON functions; the symbol for it stands in its place, the bytes are in the evidence.
const unescaped = (column: string) =>
  `replace(${[...letters].reduce(
    (sql, [char, letter]) => `replace(${sql}, ${code(escaper)} || '${letter}', ${char === '\0' ? "'␀'" : code(char)})`,
    column
  )}, ${code(escaper)} || 'e', ${code(escaper)})`

const MiB = 1 << 20
const options = (longest: number, buffer: number) =>
  `delim=chr(1), quote='', escape='', header=false, auto_detect=false, new_line='\\n', max_line_size=${longest}, buffer_size=${buffer}`
const plainOptions = options(16 * MiB, 32 * MiB)
// Several buffers are held at a time, so they are no larger than the lines make them.
const detailedOptions = (longest: number) => options(Math.max(MiB, longest + 1), Math.max(16 * MiB, 2 * longest + 2))

/** A FROM clause over a segment: line, offset, length, part, flag, raw, document; and evidence, where its records are of several. */
export function segmentRows({ file, mode, escaped, numbered, longest = 48 * MiB }: Segment): string {
  if (mode === 'plain') {
    const rows = `read_csv(${text(file)}, columns={'raw': 'VARCHAR'}, ${plainOptions})`
    return `(SELECT NULL::BIGINT AS line, NULL::BIGINT AS "offset", coalesce(strlen(raw), 0) AS length, NULL::BIGINT AS part,
      CASE WHEN starts_with(raw, '{') THEN NULL WHEN raw IS NULL OR trim(raw) = '' THEN 'blank' END AS flag, coalesce(raw, '') AS raw, NULL::VARCHAR AS document FROM ${rows})`
  }
  const [evidence, number] = numbered ? ["'evidence': 'INTEGER', ", 'evidence, '] : ['', '']
  const columns = `{${evidence}'line': 'BIGINT', 'offset': 'BIGINT', 'length': 'BIGINT', 'part': 'BIGINT', 'flag': 'VARCHAR', 'raw': 'VARCHAR', 'document': 'VARCHAR'}`
  const read = escaped ? unescaped : (column: string) => column
  return `(SELECT ${number}line, "offset", length, part, flag, ${read("coalesce(raw, '')")} AS raw, ${read('document')} AS document
    FROM read_csv(${text(file)}, columns=${columns}, ${detailedOptions(longest)}))`
}

/** Writes segments one after another into a folder, and tells of each when it is full. */
export class SegmentWriter {
  readonly #folder: string
  readonly #limit: number
  /** Of the segment that is written now. */
  #room: number
  readonly #full: (segment: Segment) => void
  #count = 0
  #file = ''
  #handle = -1
  #mode: Segment['mode'] = 'plain'
  #written = 0
  #records = 0
  #escaped = false
  #longest = 0
  #stretches: { record: number; line: number; offset: number }[] = []
  readonly #waiting = Buffer.allocUnsafe(8 * MiB)
  #waitingBytes = 0
  /** Bytes of the original read so far; kept up to date by the reader. */
  bytes = 0
  /** All records written, and how many of them had bytes that are not UTF-8. */
  records = 0
  notUtf8 = 0
  /** Where the records are of several evidence files: the number of the one that is read. */
  evidence: number | undefined
  /** Of a UTF-16 file: where its records stand in it. */
  places: Utf16Places | undefined

  constructor(folder: string, limit: number, full: (segment: Segment) => void, first = limit) {
    this.#folder = folder
    this.#limit = limit
    this.#room = first
    this.#full = full
  }

  /** Whole lines as they stand, each a record; `places` are the marks among them. */
  plain(block: Buffer, records: number, places: readonly { record: number; line: number; offset: number }[]): void {
    this.#begin('plain')
    this.#stretches.push(...places)
    this.#add(records)
    writeAll(this.#handle, block)
    if (block.at(-1) !== LF) writeAll(this.#handle, Buffer.from('\n'))
    this.#written += block.length
    if (this.#written >= this.#room) this.flush()
  }

  /** One record with its place, and its document where that is not its own text; `part` counts those of one record from 0. */
  detailed(piece: Piece, flag: string | undefined, reading: Reading | undefined, part = 0): void {
    const counted = piece.length ?? piece.bytes.length
    const { offset, length } = this.places?.of(piece.offset, counted) ?? { offset: piece.offset, length: counted }
    this.#begin('detailed')
    const why = flag ?? (reading && 'flag' in reading ? reading.flag : '')
    const document = reading && 'document' in reading ? reading.document : ''
    const utf8 = isUtf8(piece.bytes)
    if (!utf8) this.notUtf8++
    const raw = piece.bytes.toString('utf8')
    const json = reading && 'cells' in reading ? document : this.#safe(document)
    const number = this.evidence === undefined ? '' : `${this.evidence}\x01`
    const line = `${number}${piece.line}\x01${offset}\x01${length}\x01${part || ''}\x01${this.#safe(why)}\x01${this.#safe(raw)}\x01${json}\n`
    this.#add(1)
    this.#write(line)
    if (this.#written >= this.#room) this.flush()
  }

  /** Hands over what has been written, however little. */
  flush(): void {
    if (this.#handle < 0) return
    this.#drain()
    closeSync(this.#handle)
    this.#handle = -1
    this.#room = this.#limit
    this.#full({
      file: this.#file,
      mode: this.#mode,
      escaped: this.#escaped,
      numbered: this.evidence !== undefined,
      longest: this.#longest,
      records: this.#records,
      bytes: this.bytes,
      stretches: this.#stretches
    })
  }

  #safe(value: string): string {
    if (value.search(special) < 0) return value
    this.#escaped = true
    return value.replaceAll(special, (char) => escaper + letterOf.get(char))
  }

  #add(records: number): void {
    this.#records += records
    this.records += records
  }

  #begin(mode: Segment['mode']): void {
    if (this.#handle >= 0 && this.#mode === mode) return
    this.flush()
    this.#mode = mode
    this.#file = join(this.#folder, `segment-${++this.#count}`)
    this.#handle = openSync(this.#file, 'wx', 0o600)
    this.#written = 0
    this.#records = 0
    this.#escaped = false
    this.#longest = 0
    this.#stretches = []
  }

  #write(line: string): void {
    // No character takes more than three bytes for each of its units.
    const most = 3 * line.length
    if (this.#waitingBytes + most > this.#waiting.length) this.#drain()
    if (most > this.#waiting.length) {
      const bytes = Buffer.from(line)
      writeAll(this.#handle, bytes)
      this.#written += bytes.length
      this.#longest = Math.max(this.#longest, bytes.length)
      return
    }
    const length = this.#waiting.write(line, this.#waitingBytes)
    this.#waitingBytes += length
    this.#longest = Math.max(this.#longest, length)
  }

  #drain(): void {
    if (this.#waitingBytes === 0) return
    writeAll(this.#handle, this.#waiting.subarray(0, this.#waitingBytes))
    this.#written += this.#waitingBytes
    this.#waitingBytes = 0
  }
}

function writeAll(handle: number, block: Buffer): void {
  for (let at = 0; at < block.length; ) at += writeSync(handle, block, at)
}
