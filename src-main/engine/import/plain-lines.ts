import { isUtf8 } from 'node:buffer'

const LF = 0x0a

/** One place is noted per so many records: any record is found by reading at most one stretch. */
export const stretchLength = 2048

/** Whether DuckDB's line reader takes these whole lines without loss: valid UTF-8, no CR, none of the bytes that mean something to it. */
export function plainLines(block: Buffer, longest: number): boolean {
  if (block.includes(0x0d) || block.includes(0x01) || block.includes(0x00) || !isUtf8(block)) return false
  if (block.length <= longest) return true
  for (let from = 0; from < block.length; ) {
    const at = block.indexOf(LF, from)
    if ((at < 0 ? block.length : at) - from > longest) return false
    if (at < 0) break
    from = at + 1
  }
  return true
}

export interface Counted {
  readonly lines: number
  readonly places: readonly { readonly record: number; readonly line: number; readonly offset: number }[]
}

/** Counts the lines of a block that begins with record `record` (from 0) at `offset`, and notes a place every stretch. */
export function countLines(block: Buffer, record: number, line: number, offset: number): Counted {
  const places = [{ record, line, offset }]
  let lines = 0
  for (let from = 0; from < block.length; ) {
    const at = block.indexOf(LF, from)
    if (lines > 0 && lines % stretchLength === 0)
      places.push({ record: record + lines, line: line + lines, offset: offset + from })
    lines++
    if (at < 0) break
    from = at + 1
  }
  return { lines, places }
}
