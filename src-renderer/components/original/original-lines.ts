import type { EvidenceBytes } from '../../../src-main/contract/evidence'
import { visibleText } from '../explore/visible-text'

type Encoding = EvidenceBytes['encoding']

/** Bytes of the file from one place on. */
export interface Stretch {
  readonly bytes: Uint8Array
  readonly offset: number
  /** The line its first byte stands in, and whether that line begins there. */
  readonly line: number
  readonly lineBegins: boolean
}

/** From `from` inclusive to `to` exclusive, in bytes of the file. */
export interface Marked {
  readonly from: number
  readonly to: number
}

export interface Part {
  readonly text: string
  readonly marked: boolean
}

/** A line, or the piece of one that the stretch holds. */
export interface Line {
  readonly offset: number
  /** How many, its break included. */
  readonly bytes: number
  /** null: it began before the stretch. */
  readonly number: number | null
  readonly parts: readonly Part[]
}

const width = (encoding: Encoding) => (encoding === 'utf-8' ? 1 : 2)

/** Where each line of the bytes ends, its break included. */
export function lineEnds(bytes: Uint8Array, encoding: Encoding): number[] {
  const ends: number[] = []
  if (encoding === 'utf-8') {
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1)
    return ends
  }
  const [high, low] = encoding === 'utf-16le' ? [1, 0] : [0, 1]
  for (let at = 0; at + 1 < bytes.length; at += 2)
    if (bytes[at + low] === 10 && bytes[at + high] === 0) ends.push(at + 2)
  return ends
}

/** The lines of a stretch, what is marked of them apart. Invisible characters are named. */
export function linesOf(stretch: Stretch, marked: Marked, encoding: Encoding): Line[] {
  const { bytes, offset } = stretch
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const lines: Line[] = []
  const ends = lineEnds(bytes, encoding)
  if (ends.at(-1) !== bytes.length) ends.push(bytes.length)
  let begin = 0
  for (const [index, end] of ends.entries()) {
    const until = begin + textLength(bytes.subarray(begin, end), encoding)
    const cuts = [begin, marked.from - offset, marked.to - offset, until].map((cut) =>
      Math.min(until, Math.max(begin, cut))
    ) as [number, number, number, number]
    const parts = [0, 1, 2].flatMap((at): Part[] => {
      const [from, to] = [cuts[at] as number, cuts[at + 1] as number]
      return to > from ? [{ text: visibleText(decoder.decode(bytes.subarray(from, to))), marked: at === 1 }] : []
    })
    const number = index === 0 && !stretch.lineBegins ? null : stretch.line + index
    if (end > begin) lines.push({ offset: offset + begin, bytes: end - begin, number, parts })
    begin = end
  }
  return lines
}

/** Without the break at its end, CR and LF alike. */
function textLength(line: Uint8Array, encoding: Encoding): number {
  const unit = width(encoding)
  const code = (at: number) =>
    unit === 1
      ? line[at]
      : ((line[at] ?? 0) << (encoding === 'utf-16le' ? 0 : 8)) |
        ((line[at + 1] ?? 0) << (encoding === 'utf-16le' ? 8 : 0))
  let length = line.length
  if (length >= unit && code(length - unit) === 10) length -= unit
  if (length < line.length && length >= unit && code(length - unit) === 13) length -= unit
  return length
}

/** How many bytes at the end are the beginning of a character that goes on after them. */
export function cutOff(bytes: Uint8Array, encoding: Encoding): number {
  const { length } = bytes
  if (encoding !== 'utf-8') {
    const odd = length % 2
    const high = bytes[length - odd - (encoding === 'utf-16le' ? 1 : 2)] ?? 0
    return odd + (high >= 0xd8 && high < 0xdc ? 2 : 0)
  }
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** How many bytes at the beginning are the rest of a character that began before them. */
export function leftOver(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding !== 'utf-8') {
    const high = bytes[encoding === 'utf-16le' ? 1 : 0] ?? 0
    return high >= 0xdc && high < 0xe0 ? 2 : 0
  }
  let rest = 0
  while (rest < 3 && rest < bytes.length && ((bytes[rest] as number) & 0xc0) === 0x80) rest++
  return rest
}
