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
 * Where in valid JSON text the value at a path stands. Values are taken out as they are written, for reading a number and writing it
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

/** The entries of the list that begins at `from`; none where it is no list. */
export function items(text: string, from: number): Range[] {
  const out: Range[] = []
  if (text[from] !== '[') return out
  for (let at = skipSpace(text, from + 1); at < text.length && text[at] !== ']'; ) {
    const to = endOf(text, at)
    out.push({ from: at, to })
    at = next(text, to)
  }
  return out
}

/** Where the value of a key of the object at `from` begins. */
function member(text: string, from: number, key: string): number | undefined {
  if (text[from] !== '{') return undefined
  for (let at = skipSpace(text, from + 1); at < text.length && text[at] !== '}'; ) {
    const keyEnd = endOfString(text, at)
    const written = text.slice(at + 1, keyEnd - 1)
    const value = skipSpace(text, text.indexOf(':', keyEnd) + 1)
    if (written === key || (written.includes('\\') && JSON.parse(`"${written}"`) === key)) return value
    at = next(text, endOf(text, value))
  }
  return undefined
}

/** Behind the comma after a value, or at the bracket that closes. */
function next(text: string, end: number): number {
  const at = skipSpace(text, end)
  return text[at] === ',' ? skipSpace(text, at + 1) : at
}

function skipSpace(text: string, at: number): number {
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

function endOf(text: string, at: number): number {
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
