/**
 * A Python literal as `str()` writes a dict: single or double quotes, True, False, None; lists, tuples, numbers.
 * Undefined where it is none. authentik's CSV export has such cells.
 */
export function pythonLiteral(text: string): unknown {
  const reader = new Reader(text)
  try {
    const value = reader.value()
    return reader.atEnd() ? value : undefined
  } catch {
    return undefined
  }
}

const escapes: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
  b: '\b',
  f: '\f',
  a: '\x07',
  v: '\v'
}
const words: Record<string, unknown> = { True: true, False: false, None: null, nan: null, inf: null }

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  atEnd(): boolean {
    this.#space()
    return this.#at === this.#text.length
  }

  value(): unknown {
    this.#space()
    const char = this.#text[this.#at]
    if (char === '{') return this.#dict()
    if (char === '[') return this.#list(']')
    if (char === '(') return this.#list(')')
    if (char === "'" || char === '"') return this.#string(char)
    const word = /[A-Za-z_][\w.]*|-?\d[\d._eE+-]*/y
    word.lastIndex = this.#at
    const found = word.exec(this.#text)?.[0]
    if (found === undefined) throw new Error('no literal')
    this.#at += found.length
    // A call such as datetime.datetime(2026, 3, 9): kept as its text.
    if (this.#text[this.#at] === '(') return this.#call(found)
    if (Object.hasOwn(words, found)) return words[found]
    const number = Number(found.replaceAll('_', ''))
    if (Number.isNaN(number)) throw new Error('no literal')
    return number
  }

  #call(name: string): string {
    const start = this.#at
    let depth = 0
    for (; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '(') depth++
      else if (this.#text[this.#at] === ')' && --depth === 0) break
    }
    if (depth > 0) throw new Error('call is not closed')
    return name + this.#text.slice(start, ++this.#at)
  }

  #dict(): Record<string, unknown> {
    const out: Record<string, unknown> = Object.create(null)
    this.#at++
    while (!this.#take('}')) {
      const key = this.value()
      if (!this.#take(':')) throw new Error('no colon')
      out[String(key)] = this.value()
      if (!this.#take(',') && this.#peek() !== '}') throw new Error('no comma')
    }
    return { ...out }
  }

  #list(close: string): unknown[] {
    const out: unknown[] = []
    this.#at++
    while (!this.#take(close)) {
      out.push(this.value())
      if (!this.#take(',') && this.#peek() !== close) throw new Error('no comma')
    }
    return out
  }

  #string(quote: string): string {
    let out = ''
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] as string
      if (char === quote) {
        this.#at++
        return out
      }
      if (char !== '\\') {
        out += char
        continue
      }
      const next = this.#text[++this.#at] ?? ''
      const width = { x: 2, u: 4, U: 8 }[next]
      if (width) {
        out += String.fromCodePoint(Number.parseInt(this.#text.slice(this.#at + 1, this.#at + 1 + width), 16))
        this.#at += width
      } else out += escapes[next] ?? `\\${next}`
    }
    throw new Error('string is not closed')
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #peek(): string | undefined {
    this.#space()
    return this.#text[this.#at]
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false
    this.#at++
    return true
  }
}
