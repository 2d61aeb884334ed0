import type { FeatureCollection } from 'geojson'
import { divIcon, type LayerGroup, layerGroup, marker, type Map as WorldMap } from 'leaflet'
import points from '../../../resources/geo/countries.json'

const pane = 'country-names'

/** The name of each country inside it, below the circles: from near, outlines alone do not tell where one is. */
export function countryNames(map: WorldMap, countries: FeatureCollection): LayerGroup {
  // Between the land (400) and the circles (600).
  const layer = map.getPane(pane) ?? map.createPane(pane)
  layer.style.zIndex = '450'
  layer.style.pointerEvents = 'none'
  const group = layerGroup()
  for (const { properties } of countries.features) {
    const [lat, lon] = (points as Record<string, number[]>)[properties?.['iso']] ?? []
    if (lat === undefined || lon === undefined) continue
    const html = Object.assign(document.createElement('span'), { textContent: properties?.['name'] })
    const icon = divIcon({ html, className: 'country-name', iconSize: [0, 0] })
    marker([lat, lon], { icon, pane, interactive: false, keyboard: false }).addTo(group)
  }
  return group
}
