/** How the events of a source are told from those of the others: a letter and a hue, the same wherever they stand. */
export interface SourceMark {
  readonly letter: string
  /** Degrees, as oklch has them. */
  readonly hue: number
}

/** Hues as far apart as can be, however many sources follow. */
const goldenAngle = 137.5
const firstHue = 250

const known = new WeakMap<readonly string[], ReadonlyMap<string, SourceMark>>()

/** The marks of a case's sources: of each id the first letter that no other one has yet. */
export function sourceMarks(sources: readonly string[]): ReadonlyMap<string, SourceMark> {
  const marks = known.get(sources) ?? marksOf(sources)
  known.set(sources, marks)
  return marks
}

function marksOf(sources: readonly string[]): ReadonlyMap<string, SourceMark> {
  const marks = new Map<string, SourceMark>()
  const taken = new Set<string>()
  for (const [index, source] of sources.toSorted().entries()) {
    const letters = [...source.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''), ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']
    const letter = letters.find((each) => !taken.has(each)) ?? '·'
    taken.add(letter)
    marks.set(source, { letter, hue: Math.round(firstHue + index * goldenAngle) % 360 })
  }
  return marks
}
