export interface About {
  readonly version: string
  readonly duckdb: string
  readonly node: string
  readonly geo: GeoInfo
  /** Where cases are made unless told otherwise. */
  readonly casesFolder: string
}

export interface GeoInfo {
  readonly title: string
  /** Build date of the database, ISO date. */
  readonly edition: string
  readonly attribution: string
  readonly precision: 'city' | 'country' | 'none'
  readonly path?: string
}

export interface RecentCase {
  readonly name: string
  readonly folder: string
  readonly openedAt: string
  readonly events: number
  readonly missing?: true
}

export interface CaseState {
  readonly name: string
  readonly folder: string
  readonly events: number
  readonly undated: number
  readonly unreadable: number
  readonly evidence: number
  readonly sources: readonly string[]
  readonly first?: string
  readonly last?: string
  /** A file of which only a part has come so far: how many of the events are of it. More come, or none of them stays. */
  readonly coming?: { readonly name: string; readonly events: number }
  /** Grows with every change to the events: answers with an older number are stale. */
  readonly revision: number
  readonly geo: GeoInfo
  /** How many names directory files of the case give to ids. */
  readonly names: number
  /** What opening checked, in words: "5 evidence files present, sizes match". */
  readonly checked: string
}
