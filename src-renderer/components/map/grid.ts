import type { Filter } from '../../../src-main/contract/filter'
import type { Cluster } from '../../../src-main/contract/query'

export type Box = Extract<Filter, { readonly kind: 'box' }>

/** What of the world the map shows. */
export interface View {
  readonly zoom: number
  readonly lat: number
  readonly lon: number
  readonly north: number
  readonly south: number
  /** Not wrapped: may lie beyond 180 degrees. */
  readonly west: number
  readonly east: number
}

/** Circles are at most this wide, so that neighbours on the grid hardly touch. */
const cellPixels = 64
/** From here on only what the window shows is asked for; farther out the whole world has few enough cells. */
export const nearZoom = 5

/** The width of a grid cell in degrees: the same on the screen at every zoom. */
export const cellAt = (zoom: number): number => (cellPixels * 360) / 256 / 2 ** Math.floor(zoom)

export const wrap = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180

/** The copy of a longitude nearest to where the map is, so that a place just across the antimeridian is drawn there. */
export const near = (lon: number, centre: number): number => lon + 360 * Math.round((centre - lon) / 360)

/** A box of the map as a filter: on the globe, with as many digits as a pixel is wide. */
export function boxOf(corners: Omit<View, 'lat' | 'lon'>): Box {
  const unit = 10 ** Math.max(0, Math.ceil(Math.log10((256 * 2 ** corners.zoom) / 360)))
  const round = (degrees: number) => Math.round(degrees * unit) / unit
  const whole = corners.east - corners.west >= 360
  return {
    kind: 'box',
    north: Math.min(90, round(corners.north)),
    south: Math.max(-90, round(corners.south)),
    west: whole ? -180 : round(wrap(corners.west)),
    east: whole ? 180 : round(wrap(corners.east))
  }
}

/** The part of the world to ask for from near: the window and as much around it, in steps, so that a small move asks nothing new. */
export function askedBox(view: View): Box | null {
  if (view.zoom < nearZoom) return null
  const step = cellAt(view.zoom) * 8
  const down = (degrees: number) => Math.floor(degrees / step - 0.5) * step
  const up = (degrees: number) => Math.ceil(degrees / step + 0.5) * step
  if (view.east - view.west + 3 * step >= 360) return null
  return {
    kind: 'box',
    north: Math.min(90, up(view.north)),
    south: Math.max(-90, down(view.south)),
    west: wrap(down(view.west)),
    east: wrap(up(view.east))
  }
}

/** All places of a cluster and no others: cells of the grid do not overlap. */
export const clusterBox = ({ north, south, west, east }: Cluster): Box => ({ kind: 'box', north, south, west, east })

/** Whether all of one cluster lies in the extent of the other: the chosen part of it. */
export const holds = (whole: Cluster, part: Cluster): boolean =>
  part.north <= whole.north && part.south >= whole.south && part.west >= whole.west && part.east <= whole.east

/** The extent of all of them, across the antimeridian where that is shorter; null of none. */
export function extent(clusters: readonly Cluster[]): Omit<Box, 'kind'> | null {
  if (clusters.length === 0) return null
  const north = Math.max(...clusters.map((cluster) => cluster.north))
  const south = Math.min(...clusters.map((cluster) => cluster.south))
  const sorted = [...clusters].sort((a, b) => a.west - b.west)
  // The widest empty stretch of longitude is left out, wherever it lies.
  let widest = { gap: (sorted[0]?.west ?? 0) + 360 - Math.max(...sorted.map(({ east }) => east)), after: -1 }
  let reached = -Infinity
  sorted.forEach((cluster, index) => {
    if (cluster.west - reached > widest.gap && reached > -Infinity)
      widest = { gap: cluster.west - reached, after: index }
    reached = Math.max(reached, cluster.east)
  })
  const width = reached - (sorted[0]?.west ?? 0)
  // Only where it is much shorter: the world as everyone knows it comes first.
  if (widest.after === -1 || 360 - widest.gap > width / 2)
    return { north, south, west: sorted[0]?.west ?? 0, east: reached }
  const east = Math.max(...sorted.slice(0, widest.after).map((cluster) => cluster.east))
  return { north, south, west: sorted[widest.after]?.west ?? 0, east: east + 360 }
}
