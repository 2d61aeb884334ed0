import { divIcon, type Marker, marker } from 'leaflet'
import type { Cluster } from '../../../src-main/contract/query'
import { clusterMark, clusterTooltip } from './cluster-mark'

/** The circle of a cluster on the map, with its tooltip; what is not chosen steps back. */
export function clusterMarker(
  cluster: Cluster,
  position: [number, number],
  most: number,
  state: 'plain' | 'chosen' | 'back',
  pick: (adding: boolean) => void
): Marker {
  const { svg, size } = clusterMark(cluster, most)
  const icon = divIcon({ html: svg, className: `cluster cluster-is-${state}`, iconSize: [size, size] })
  // Smaller circles lie on larger ones, so that none is hidden.
  const made = marker(position, { icon, keyboard: false, zIndexOffset: -10 * size, riseOnHover: false })
  made.bindTooltip(() => clusterTooltip(cluster), {
    direction: 'top',
    offset: [0, -size / 2],
    className: 'map-tooltip'
  })
  made.on('click', ({ originalEvent: { shiftKey, ctrlKey, metaKey } }) => pick(shiftKey || ctrlKey || metaKey))
  return made
}
