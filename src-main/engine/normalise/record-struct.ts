import { identifier, text } from '../store/sql'
import { parsePath, type Step } from './path'

interface Node {
  children: Map<string, Node>
  items: Node | undefined
  /** Asked for as a value of its own. */
  value: boolean
  /** Asked for as JSON, or beside paths below it: kept as JSON, so that both can be had. */
  json: boolean
}

const node = (): Node => ({ children: new Map(), items: undefined, value: false, json: false })

/**
 * The part of a record that a source definition asks for, read in one pass: `from_json` with one struct beats a path at a time by four.
 * Paths are announced first, then `structure` is taken, then `column` says how to reach each.
 */
export class RecordStruct {
  readonly #root = node()
  readonly #tops = new Map<string, string>()
  readonly #columns = new Map<string, string>()

  want(path: string, as: 'text' | 'json' = 'text'): void {
    let at = this.#root
    for (const step of parsePath(path)) at = typeof step === 'number' ? this.#item(at) : this.#child(at, step)
    at.value = true
    if (as === 'json') at.json = true
  }

  /** The structure argument of DuckDB's `from_json`, as a SQL literal. */
  structure(): string {
    return text(JSON.stringify(this.#shape(this.#root)))
  }

  /** The column that holds the value at a path: its text, or its JSON. */
  column(path: string, as: 'text' | 'json' = 'text'): string {
    const sql = this.#value(path, as)
    const name = this.#columns.get(sql) ?? `p${this.#columns.size}`
    this.#columns.set(sql, name)
    return name
  }

  /**
   * Two select lists, one upon the other, that take every column asked for out of the struct `d`: first what stands at the top of the
   * record, then what is in there. Whoever touches a struct touches all its fields, so it is taken apart once and never in a CASE.
   */
  columns(): { readonly tops: readonly string[]; readonly values: readonly string[] } {
    return {
      tops: [...this.#tops].map(([key, name]) => `d.${identifier(key)} AS ${name}`),
      values: [...this.#columns].map(([sql, name]) => `${sql} AS ${name}`)
    }
  }

  #top(key: string): string {
    const name = this.#tops.get(key) ?? `t${this.#tops.size}`
    this.#tops.set(key, name)
    return name
  }

  #value(path: string, as: 'text' | 'json'): string {
    const steps = parsePath(path)
    let at = this.#root
    let sql = ''
    for (const [index, step] of steps.entries()) {
      if (typeof step === 'number') {
        if (!at.items) throw new Error(`path was not announced: ${path}`)
        at = at.items
        sql = `${sql}[${step + 1}]`
      } else {
        const next = at.children.get(step)
        if (!next) throw new Error(`path was not announced: ${path}`)
        at = next
        sql = index === 0 ? this.#top(step) : `${sql}.${identifier(step)}`
      }
      if (leaf(at)) return below(sql, at, steps.slice(index + 1), as)
    }
    throw new Error(`no value at path: ${path}`)
  }

  #child(at: Node, key: string): Node {
    const next = at.children.get(key) ?? node()
    at.children.set(key, next)
    return next
  }

  #item(at: Node): Node {
    at.items ??= node()
    return at.items
  }

  #shape(at: Node): unknown {
    if (at !== this.#root && leaf(at)) return kept(at)
    if (at.items) return [this.#shape(at.items)]
    return Object.fromEntries([...at.children].map(([key, child]) => [key, this.#shape(child)]))
  }
}

/** Not read further into: a value of its own, or a list in one source and an object in another. */
const leaf = (at: Node): boolean => at.value || (at.items !== undefined && at.children.size > 0)
const inner = (at: Node): boolean => at.items !== undefined || at.children.size > 0
const kept = (at: Node): 'JSON' | 'VARCHAR' => (at.json || inner(at) ? 'JSON' : 'VARCHAR')

function below(sql: string, at: Node, rest: readonly Step[], as: 'text' | 'json'): string {
  const jsonPath = text(
    `$${rest.map((step) => (typeof step === 'number' ? `[${step}]` : `.${JSON.stringify(step)}`)).join('')}`
  )
  if (kept(at) === 'VARCHAR') return sql
  if (as === 'json') return rest.length ? `(${sql}->${jsonPath})` : sql
  return `(${sql}->>${jsonPath})`
}
