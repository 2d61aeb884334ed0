import type { Cluster } from '../../../src-main/contract/query'
import { count, counted, percent } from '../../state/format'

const largest = 31
const smallest = 6
const ringWidth = 4

/** Area stands for count; the smallest stay large enough to be hit. */
export const radiusOf = (events: number, most: number): number =>
  Math.max(smallest, largest * Math.sqrt(events / Math.max(1, most)))

/**
 * A circle as SVG: its ring divided by outcome, clockwise from the top: failure (thicker, so not told by colour alone), success,
 * not logged; its count inside, or below where it has no room. Colours are the page's own, so a change of theme needs no new drawing.
 */
export function clusterMark(cluster: Cluster, most: number): { readonly svg: string; readonly size: number } {
  const radius = radiusOf(cluster.count, most)
  const inside = radius >= 9 + 3 * count(cluster.count).length
  const size = 2 * Math.ceil(radius + ringWidth)
  let from = 0
  const arcs = shares(cluster).map(({ kind, share }) => {
    const path = arc(radius, from, from + share)
    from += share
    return `<path class="cluster-${kind}" d="${path}"/>`
  })
  const label = `<text class="cluster-count" y="${inside ? 0 : Math.ceil(radius) + 11}">${count(cluster.count)}</text>`
  const box = `${-size / 2} ${-size / 2} ${size} ${size}`
  const disc = `<circle class="cluster-disc" r="${radius.toFixed(1)}"/>`
  return { svg: `<svg viewBox="${box}" width="${size}" height="${size}">${disc}${arcs.join('')}${label}</svg>`, size }
}

/** One failure among a thousand successes must still be seen: no part of the ring is drawn smaller than this. */
const leastShare = 0.05

function shares({ count, failures, successes }: Cluster) {
  const parts = [
    { kind: 'failure', events: failures },
    { kind: 'success', events: successes },
    { kind: 'absent', events: count - failures - successes }
  ].filter(({ events }) => events > 0)
  const drawn = parts.map(({ kind, events }) => ({ kind, share: Math.max(leastShare, events / count) }))
  const sum = drawn.reduce((all, { share }) => all + share, 0)
  return drawn.map(({ kind, share }) => ({ kind, share: share / sum }))
}

function arc(radius: number, from: number, to: number): string {
  const at = (share: number) => {
    const angle = 2 * Math.PI * share - Math.PI / 2
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`
  }
  const r = radius.toFixed(2)
  // An arc from a point to itself is nothing, so a full circle is two halves.
  if (to - from > 0.9999) return `M${at(0)}A${r} ${r} 0 1 1 ${at(0.5)}A${r} ${r} 0 1 1 ${at(1)}`
  return `M${at(from)}A${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}`
}

export const placeName = ({ city, country }: Cluster['places'][number]): string =>
  [city, country].filter((part) => part !== undefined).join(', ') || '–'

/** What is said of a cluster under the pointer. Names come from a database, so they are set as text. */
export function clusterTooltip(cluster: Cluster): HTMLElement {
  const box = document.createElement('div')
  const line = (className: string, name: string, figure = '') => {
    const row = document.createElement('div')
    row.className = `map-tooltip-line ${className}`
    row.append(Object.assign(document.createElement('span'), { textContent: name }))
    row.append(Object.assign(document.createElement('span'), { textContent: figure, className: 'map-tooltip-figure' }))
    box.append(row)
  }
  line('map-tooltip-title', counted(cluster.count, 'event'), counted(cluster.addresses, 'address', 'addresses'))
  for (const place of cluster.places) line('', placeName(place), count(place.count))
  const named = cluster.places.reduce((sum, place) => sum + place.count, 0)
  if (named < cluster.count) line('map-tooltip-dim', 'Other places', count(cluster.count - named))
  const absent = cluster.count - cluster.failures - cluster.successes
  for (const [kind, sign, title, events] of [
    ['failure', '✗', 'Failure', cluster.failures],
    ['success', '✓', 'Success', cluster.successes],
    ['absent', '–', 'Outcome not logged', absent]
  ] as const)
    if (events) line(`map-tooltip-${kind}`, `${sign} ${title}`, `${count(events)} · ${percent(events, cluster.count)}`)
  return box
}
