/** One record as it stands in the file: its bytes, without the line's end, and its place. */
export interface Piece {
  readonly bytes: Buffer
  /** From 0, in the decompressed file. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** Of the whole record, where `bytes` is only its beginning. */
  readonly length?: number
  /** Why it can be no event, where the splitter already knows. */
  readonly flag?: string
}

/** Cuts a file into records, whatever blocks it comes in. */
export interface Splitter {
  push(block: Buffer): void
  end(): void
  /** Where the record begins that is not at its end yet; where none is begun, how far has been read. */
  readonly begun: number
}

export type Sink = (piece: Piece) => void

/** Longer than this and a record is kept as evidence only: its place is known, its text is cut. */
export const longest = 16 * 1024 * 1024
/** How much of an over-long record is kept to be shown. */
export const shownOfLong = 64 * 1024

export const tooLong = (length: number): string =>
  `${length.toLocaleString('en')} bytes in one record, more than the ${longest.toLocaleString('en')} that are read`
