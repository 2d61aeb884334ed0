/** How many events a set has, how many of them no time, and from when to when the others are. */
export interface Extent {
  readonly count: number
  readonly undated: number
  readonly first?: string
  readonly last?: string
}
