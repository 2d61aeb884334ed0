import type { FeatureCollection } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

type World = Topology<{ countries: GeometryCollection<{ name: string; iso?: string }> }>

const files = import.meta.glob<World>('../../../resources/map/countries-*.json', { import: 'default' })

export type Scale = '110m' | '50m'

/** The countries of the world as outlines, coarse for the whole of it, fine from near. They come with the application. */
export async function outlines(scale: Scale): Promise<FeatureCollection> {
  const load = files[`../../../resources/map/countries-${scale}.json`]
  if (!load) throw new Error(`resources/map has no outlines at ${scale}.`)
  const world = await load()
  return feature(world, world.objects.countries)
}
