import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import type { Field } from '../../contract/event'
import { type Piece, pieceRows } from './record-pieces'
import { gramCount, gramsOf, shortestIndexed } from './words-grams'
import { plainRuns } from './words-pattern'

/** Rows of a block: what DuckDB decompresses at once. */
export const blockRows = 2048
/** Rows of a segment, whose blocks are a bit each. */
export const segmentRows = pieceRows
export const segmentBlocks = segmentRows / blockRows
/** Bytes of a segment per gram. */
export const slot = 8

/** Which rows a piece of evidence has, as its hash tells. */
export interface Extent {
  readonly sha256: string
  readonly first: number
  readonly records: number
}

/** What a segment was made of: which evidence; which fields beside its records, and those of them that its records say all themselves. */
interface Segment {
  readonly of: readonly Extent[]
  readonly fields: readonly Field[]
  readonly copied: readonly Field[]
}

/** What an index says of itself. */
interface Contents {
  readonly version: 2
  readonly segments: Readonly<Record<string, Segment>>
}

const overlaps = (segment: number, { first, records }: Extent) =>
  first < (segment + 1) * segmentRows && first + records > segment * segmentRows

/**
 * Which blocks of records may hold words: a folder in the case, made of the records and to be made again of them at any time. It may say
 * that a block holds words that it does not hold; never the other way.
 */
export class WordsIndex {
  readonly #folder: string
  #contents: Contents
  readonly #open = new Map<number, number>()

  constructor(folder: string) {
    this.#folder = folder
    this.#contents = contentsOf(join(folder, 'index.json'))
  }

  /** The file of a segment. */
  file(segment: number): string {
    return join(this.#folder, `${segment}.grams`)
  }

  /** Drops what was made of other evidence than the case has now, or without fields that are searched now; answers whether a segment stands. */
  stands(segment: number, evidence: readonly Extent[], fields: readonly Field[]): boolean {
    const made = this.#contents.segments[segment]
    if (!made) return false
    const same = ({ sha256, first, records }: Extent) =>
      made.of.some((one) => one.sha256 === sha256 && one.first === first && one.records === records)
    if (
      fields.every((field) => made.fields.includes(field)) &&
      evidence.filter((one) => overlaps(segment, one)).every(same) &&
      isWhole(this.file(segment))
    )
      return true
    this.#write(segment, undefined)
    rmSync(this.file(segment), { force: true })
    return false
  }

  /** Takes up a segment whose file has been written. */
  add(segment: number, evidence: readonly Extent[], fields: readonly Field[], copied: readonly Field[]): void {
    this.#write(segment, { of: evidence.filter((one) => overlaps(segment, one)), fields, copied })
  }

  /** Fields that need not be searched in these rows: every record of them says what they say. */
  copied({ first, last }: Piece): readonly Field[] {
    const segment = Math.floor(first / segmentRows)
    return (last < (segment + 1) * segmentRows && this.#contents.segments[segment]?.copied) || []
  }

  /** The rows of a piece that words may stand in; all where the index does not tell. */
  narrowed(text: string): (piece: Piece) => readonly Piece[] {
    const grams = gramsIn(text)
    if (grams.length === 0) return (piece) => [piece]
    const blocks = new Map<number, Uint8Array | null>()
    return (piece) => {
      const segment = Math.floor(piece.first / segmentRows)
      if (!blocks.has(segment)) blocks.set(segment, this.#blocks(segment, grams))
      const may = blocks.get(segment)
      return may && piece.last < (segment + 1) * segmentRows ? runs(piece, segment, may) : [piece]
    }
  }

  close(): void {
    for (const file of this.#open.values()) closeSync(file)
    this.#open.clear()
  }

  /** A bit for each block that has all of the grams; null where the segment is not indexed. */
  #blocks(segment: number, grams: readonly number[]): Uint8Array | null {
    const file = this.#fileOf(segment)
    if (file === undefined) return null
    const all = new Uint8Array(slot).fill(0xff)
    const one = new Uint8Array(slot)
    for (const gram of grams) {
      readSync(file, one, 0, slot, gram * slot)
      for (let at = 0; at < slot; at++) all[at] = (all[at] as number) & (one[at] as number)
    }
    return all
  }

  /** The open file of a segment; undefined where there is none, since the folder may be deleted at any time, or not all of it. */
  #fileOf(segment: number): number | undefined {
    if (!this.#contents.segments[segment]) return undefined
    const known = this.#open.get(segment)
    if (known !== undefined) return known
    if (!isWhole(this.file(segment))) return undefined
    const file = openSync(this.file(segment), 'r')
    this.#open.set(segment, file)
    return file
  }

  #write(segment: number, made: Segment | undefined): void {
    const { [segment]: _, ...others } = this.#contents.segments
    this.#contents = { version: 2, segments: made ? { ...others, [segment]: made } : others }
    const open = this.#open.get(segment)
    if (open !== undefined) closeSync(open)
    this.#open.delete(segment)
    mkdirSync(this.#folder, { recursive: true })
    const file = join(this.#folder, 'index.json')
    writeFileSync(`${file}.new`, JSON.stringify(this.#contents))
    renameSync(`${file}.new`, file)
  }
}

/** Whether a segment's file is there, all of it: the machine may have stopped while it was written. */
const isWhole = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.size === gramCount * slot

function contentsOf(file: string): Contents {
  try {
    const contents = JSON.parse(readFileSync(file, 'utf8'))
    if (contents.version === 2) return contents
  } catch {
    // There is none, or what wrote it was stopped: it is made anew.
  }
  return { version: 2, segments: {} }
}

/** The grams that a block must have in which the words stand. */
function gramsIn(text: string): number[] {
  const grams = new Set<number>()
  for (const run of plainRuns(text)) {
    if (run.length < shortestIndexed) continue
    const into = new Uint32Array(run.length)
    const found = gramsOf(Buffer.from(run), into, true)
    for (const gram of into.subarray(0, found)) grams.add(gram)
  }
  return [...grams]
}

/** The rows of a piece in blocks that are marked, neighbours together. */
function runs({ first, last }: Piece, segment: number, marked: Uint8Array): Piece[] {
  const found: { first: number; last: number }[] = []
  let end = first
  for (let row = first; row <= last; row = end + 1) {
    const block = Math.floor((row - segment * segmentRows) / blockRows)
    end = Math.min(last, segment * segmentRows + (block + 1) * blockRows - 1)
    if (((marked[block >> 3] as number) & (1 << (block & 7))) === 0) continue
    const before = found.at(-1)
    if (before && before.last === row - 1) before.last = end
    else found.push({ first: row, last: end })
  }
  return found
}
