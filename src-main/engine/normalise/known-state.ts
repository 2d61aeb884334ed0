/** What a record tells of an object: a row of `state`, with the state after and, where the log has it, the one before. */
export interface Told {
  readonly row: number
  readonly tells: string
  readonly before?: unknown
  readonly after?: unknown
  readonly members?: readonly string[] | null
  readonly called?: string | null
}

/** What is known of an object at a point of its chain. */
export interface Known {
  readonly value: unknown
  /** Whether that is all of it. If not, what it leaves out may have been there. */
  readonly whole: boolean
  /** The row of the last record that told any of it. */
  readonly row: number | undefined
}

/** A value with the turn in which it was told, or the same for each field of an object. */
type Part = { readonly value: unknown; readonly turn: number } | Map<string, Part>

/** The state of one object, built up from what the records of its chain tell of it, taken in their order. */
export class KnownState {
  #part: Part | undefined
  #whole = false
  #members: Set<string> | undefined
  readonly #left = new Set<string>()
  #called = 'members'
  readonly #rows: number[] = []

  /** All that is known. */
  get now(): Known {
    const row = this.#rows.at(-1)
    if (this.#members) return { value: { [this.#called]: [...this.#members].sort() }, whole: false, row }
    return { value: this.#part && valueIn(this.#part, undefined, () => {}), whole: this.#whole, row }
  }

  /** What is known of just the fields that a partial state names. */
  of(partial: unknown): Known {
    let last = -1
    const value = this.#part && valueIn(this.#part, partial, (turn) => (last = Math.max(last, turn)))
    const row = last >= 0 ? this.#rows[last] : this.#whole ? this.#rows.at(-1) : undefined
    return { value, whole: this.#whole, row }
  }

  /** Who leaves a set without having been seen to come was in it before the log began. */
  expect({ tells, members, called }: Told): void {
    if (!members?.length || (tells !== 'came' && tells !== 'went')) return
    this.#members ??= new Set()
    this.#called = called ?? this.#called
    if (tells === 'went') for (const member of members) if (!this.#left.has(member)) this.#members.add(member)
  }

  take(told: Told): void {
    const { row, tells, before, after, members } = told
    // What was tried and refused changed nothing.
    if (tells === 'failed') return
    const turn = this.#rows.push(row) - 1
    if (tells === 'came' || tells === 'went') {
      this.expect(told)
      for (const member of members ?? []) {
        const [from, to] = tells === 'came' ? [this.#left, this.#members] : [this.#members, this.#left]
        from?.delete(member)
        to?.add(member)
      }
      return
    }
    if (tells === 'partial') {
      this.#part = without(this.#part, before, after)
      if (after !== undefined) this.#part = merged(this.#part, after, turn)
      return
    }
    this.#part = tells === 'gone' || after === undefined ? undefined : asTold(after, turn)
    this.#whole = true
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function asTold(value: unknown, turn: number): Part {
  if (!isObject(value)) return { value, turn }
  return new Map(Object.entries(value).map(([key, one]) => [key, asTold(one, turn)]))
}

function merged(part: Part | undefined, partial: unknown, turn: number): Part {
  if (!isObject(partial) || !(part instanceof Map)) return asTold(partial, turn)
  for (const [key, value] of Object.entries(partial)) part.set(key, merged(part.get(key), value, turn))
  return part
}

/** A field that the log has before and not after is gone. */
function without(part: Part | undefined, before: unknown, after: unknown): Part | undefined {
  if (!(part instanceof Map) || !isObject(before)) return part
  for (const key of Object.keys(before)) if (!isObject(after) || !Object.hasOwn(after, key)) part.delete(key)
  return part
}

/** What is known of the fields that `partial` names, or of all without it; undefined where that is nothing. `told` is given each turn. */
function valueIn(part: Part, partial: unknown, told: (turn: number) => void): unknown {
  if (!(part instanceof Map)) {
    told(part.turn)
    return part.value
  }
  const named = isObject(partial) ? Object.keys(partial) : part.keys()
  const found: Record<string, unknown> = {}
  let any = !isObject(partial)
  for (const key of named) {
    const inner = part.get(key)
    const value = inner && valueIn(inner, isObject(partial) ? partial[key] : undefined, told)
    if (value === undefined) continue
    define(found, key, value)
    any = true
  }
  return any ? found : undefined
}

/** Sets a field, whatever its name. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}
