import type { Encoding } from './encoding'

/** Reads a stretch of the evidence's content, shorter where it ends. */
export type Read = (offset: number, length: number) => Promise<Buffer>

const LF = 0x0a
const CR = 0x0d
const blockBytes = 4 << 20

/** How lines end in a file: with LF (after CR or not), or with CR alone, as on old Macs; in UTF-16 with two bytes of it. */
export interface LineBreak {
  readonly width: 1 | 2
  /** Where the next line begins after the break found at or after `from`; -1 where there is none in the block. */
  next(block: Buffer, from: number): number
  /** Whether these bytes, as many as the break is wide, are one. */
  ends(bytes: Buffer): boolean
}

/** How the lines of a file end, by its beginning. */
export function lineBreakOf(head: Buffer, encoding: Encoding): LineBreak {
  const lf = lineBreak(LF, encoding)
  const cr = lineBreak(CR, encoding)
  return lf.next(head, 0) < 0 && cr.next(head, 0) >= 0 ? cr : lf
}

function lineBreak(code: number, encoding: Encoding): LineBreak {
  if (encoding === 'utf-8') {
    return {
      width: 1,
      next: (block, from) => block.indexOf(code, from) + 1 || -1,
      ends: (bytes) => bytes[0] === code
    }
  }
  const unit = Buffer.from(encoding === 'utf-16le' ? [code, 0] : [0, code])
  return {
    width: 2,
    next: (block, from) => {
      for (let at = block.indexOf(unit, from); at >= 0; at = block.indexOf(unit, at + 1)) {
        // The same two bytes may be halves of two characters.
        if (at % 2 === 0) return at + 2
      }
      return -1
    },
    ends: (bytes) => bytes.equals(unit)
  }
}

/** How many lines begin after `from` and at or before `to`, and where the last of them does. */
export async function countLines(
  read: Read,
  ends: LineBreak,
  from: number,
  to: number
): Promise<{ readonly count: number; readonly last: number }> {
  let count = 0
  let last = from
  for (let at = from; at < to; at += blockBytes) {
    const block = await read(at, Math.min(blockBytes, to - at))
    for (let next = ends.next(block, 0); next >= 0; next = ends.next(block, next)) {
      count++
      last = at + next
    }
  }
  return { count, last }
}

/** Where a line begins, counted on from a line known; of a line beyond the last, the end of the file. */
export async function offsetOfLine(
  read: Read,
  ends: LineBreak,
  known: { readonly line: number; readonly offset: number },
  line: number
): Promise<number> {
  let missing = line - known.line
  let at = known.offset
  while (missing > 0) {
    const block = await read(at, blockBytes)
    if (block.length === 0) return at
    for (let next = ends.next(block, 0); next >= 0; next = ends.next(block, next)) {
      if (--missing === 0) return at + next
    }
    at += block.length
  }
  return at
}
