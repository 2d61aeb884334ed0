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
    return { value: this.#part && valueIn(this.#part), whole: this.#whole, row }
  }

  /** What is known of just the fields that a partial state names. */
  of(partial: unknown): Known {
    const part = this.#part && overlap(this.#part, partial)
    const row = part ? this.#rows[lastTurn(part)] : this.#whole ? this.#rows.at(-1) : undefined
    return { value: part && valueIn(part), whole: this.#whole, row }
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

function overlap(part: Part, partial: unknown): Part | undefined {
  if (!isObject(partial) || !(part instanceof Map)) return part
  const both = Object.entries(partial).flatMap(([key, value]): [string, Part][] => {
    const inner = part.get(key)
    const shared = inner && overlap(inner, value)
    return shared ? [[key, shared]] : []
  })
  return both.length > 0 ? new Map(both) : undefined
}

const valueIn = (part: Part): unknown =>
  part instanceof Map ? Object.fromEntries([...part].map(([key, one]) => [key, valueIn(one)])) : part.value

const lastTurn = (part: Part): number =>
  part instanceof Map ? Math.max(0, ...[...part.values()].map(lastTurn)) : part.turn
