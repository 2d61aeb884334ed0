import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'

/** What was done to the case, by whom, when. Each line carries the hash of the one before, so that none can be changed or taken out. */
export interface CustodyLine {
  readonly at: string
  readonly did: 'created' | 'opened' | 'imported' | 'refused' | 'canceled' | 'verified' | 'geo'
  readonly by: string
  readonly detail: Readonly<Record<string, unknown>>
  /** SHA-256 of the line before, as it stands in the file; empty for the first. */
  readonly previous: string
}

const sha256 = (line: string) => createHash('sha256').update(line).digest('hex')
const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])

/** The append-only log of one case. */
export class Custody {
  readonly #file: string
  #last: string
  #writing: Promise<void> = Promise.resolve()

  constructor(file: string) {
    this.#file = file
    const last = linesOf(file).at(-1)
    this.#last = last === undefined ? '' : sha256(last)
  }

  append(did: CustodyLine['did'], by: string, at: Date, detail: CustodyLine['detail']): Promise<void> {
    const line = JSON.stringify({ at: at.toISOString(), did, by, detail, previous: this.#last } satisfies CustodyLine)
    this.#last = sha256(line)
    this.#writing = this.#writing.then(() => appendFile(this.#file, `${line}\n`))
    return this.#writing
  }
}

/** Whether each line carries the hash of the one before; else the number of the first that does not. */
export function brokenCustody(file: string): { readonly lines: number; readonly broken: number | null } {
  const lines = linesOf(file)
  let previous = ''
  for (const [index, line] of lines.entries()) {
    let carried: unknown
    try {
      carried = JSON.parse(line).previous
    } catch {
      return { lines: lines.length, broken: index + 1 }
    }
    if (carried !== previous) return { lines: lines.length, broken: index + 1 }
    previous = sha256(line)
  }
  return { lines: lines.length, broken: null }
}
