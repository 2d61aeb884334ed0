/** A stretch of content, in the order of its beginnings. */
export interface Stretch {
  readonly offset: number
  readonly length: number
}

/** Takes stretches out of content that is read once from its beginning; those that lie beyond its end come shorter. */
export async function* slices<S extends Stretch>(
  content: AsyncIterable<Buffer>,
  stretches: readonly S[]
): AsyncGenerator<{ readonly of: S; readonly bytes: Buffer }> {
  const blocks = content[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let from = 0
  let end = 0
  let ended = false
  try {
    for (const of of stretches) {
      while (!ended && end < of.offset + of.length) {
        const next = await blocks.next()
        if (next.done) ended = true
        else {
          held.push(next.value)
          end += next.value.length
        }
        // What lies before the stretch is not asked for again.
        while (held[0] && from + held[0].length <= of.offset) from += (held.shift() as Buffer).length
      }
      const start = Math.max(0, of.offset - from)
      const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)
      held = [all]
      yield { of, bytes: all.subarray(start, start + of.length) }
    }
  } finally {
    await blocks.return?.()
  }
}
