import type { Step } from '../normalise/path'

/** A stretch of a text: from inclusive to exclusive. */
export interface Range {
  readonly from: number
  readonly to: number
}

const space = /\s*/y
const bracketOrQuote = /["{}[\]]/g
const scalarEnd = /[\s,\]}]|$/g

/**
 * Where in JSON text the value at a path stands; of text that is cut off, a value may end with it. Values are taken out as they are written, for reading a number and writing it
 * again does not always give the same digits.
 */
export function rangeAt(text: string, path: readonly Step[]): Range | undefined {
  let from = skipSpace(text, 0)
  for (const step of path) {
    const found = typeof step === 'number' ? items(text, from)[step]?.from : member(text, from, step)
    if (found === undefined) return undefined
    from = found
  }
  return { from, to: endOf(text, from) }
}

/** The entries of the list that begins at `from`, the first of them if not all are wanted; none where it is no list. */
export function items(text: string, from: number, most = Number.POSITIVE_INFINITY): Range[] {
  const out: Range[] = []
  if (text[from] !== '[') return out
  for (let at = skipSpace(text, from + 1); at < text.length && text[at] !== ']' && out.length < most; ) {
    const to = endOf(text, at)
    out.push({ from: at, to })
    at = next(text, to)
  }
  return out
}

/** Where the value of a key of the object at `from` begins. */
function member(text: string, from: number, key: string): number | undefined {
  for (const one of members(text, from)) if (one.key === key) return one.from
  return undefined
}

/** The keys of the object that begins at `from`, and where their values begin; none where it is no object. */
export function* members(text: string, from: number): Generator<{ readonly key: string; readonly from: number }> {
  if (text[from] !== '{') return
  for (let at = skipSpace(text, from + 1); text[at] === '"'; ) {
    const keyEnd = endOfString(text, at)
    const colon = skipSpace(text, keyEnd)
    if (text[colon] !== ':') return
    const value = skipSpace(text, colon + 1)
    yield { key: keyOf(text.slice(at + 1, keyEnd - 1)), from: value }
    at = next(text, endOf(text, value))
  }
}

function keyOf(written: string): string {
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`)
  } catch {
    return written
  }
}

/** Behind the comma after a value, or at the bracket that closes. */
function next(text: string, end: number): number {
  const at = skipSpace(text, end)
  return text[at] === ',' ? skipSpace(text, at + 1) : at
}

export function skipSpace(text: string, at: number): number {
  space.lastIndex = at
  space.exec(text)
  return space.lastIndex
}

function endOfString(text: string, at: number): number {
  for (let close = text.indexOf('"', at + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let slashes = 0
    while (text[close - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return close + 1
  }
  return text.length
}

export function endOf(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at)
  if (text[at] !== '{' && text[at] !== '[') {
    scalarEnd.lastIndex = at
    return scalarEnd.exec(text)?.index ?? text.length
  }
  let depth = 0
  for (bracketOrQuote.lastIndex = at; ; ) {
    const found = bracketOrQuote.exec(text)
    if (!found) return text.length
    if (found[0] === '"') bracketOrQuote.lastIndex = endOfString(text, found.index)
    else if (found[0] === '{' || found[0] === '[') depth++
    else if (--depth === 0) return found.index + 1
  }
}
