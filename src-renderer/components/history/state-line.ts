import type { ObjectState } from '../../../src-main/contract/change'

/** States that fall on one point of the line. */
export interface Mark {
  /** In pixels from the left. */
  readonly x: number
  /** The places of its states in the history, ascending. */
  readonly states: readonly number[]
}

const apart = 7

/** The states that have a time, on a line `width` pixels long; those too close to be told apart share a mark. */
export function marksOf(states: readonly ObjectState[], width: number): Mark[] {
  const times = states.map(({ time }) => (time === undefined ? Number.NaN : Date.parse(time)))
  const dated = times.filter((time) => !Number.isNaN(time))
  const first = dated[0] ?? 0
  const length = (dated.at(-1) ?? first) - first
  const marks: { x: number; states: number[] }[] = []
  for (const [at, time] of times.entries()) {
    if (Number.isNaN(time)) continue
    const x = length === 0 ? width / 2 : ((time - first) / length) * width
    const last = marks.at(-1)
    if (last && x - last.x < apart) last.states.push(at)
    else marks.push({ x, states: [at] })
  }
  return marks
}

/** The state to look at when a mark is clicked: its last, or of several the next one after that looked at. */
export function stateOf({ states }: Mark, looked: number): number {
  const at = states.indexOf(looked)
  return (at < 0 ? states.at(-1) : (states[at + 1] ?? states[0])) ?? looked
}
