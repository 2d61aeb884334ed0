/** How many letters must be typed, dropped or swapped to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(same, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** The known word most like a misspelt one; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) }))
  const best = scored.reduce((a, b) => (b.far < a.far ? b : a), { one: '', far: Number.POSITIVE_INFINITY })
  return best.far <= Math.max(2, word.length / 3) ? best.one : undefined
}
