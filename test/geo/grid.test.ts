import { describe, expect, it } from 'vitest'
import type { Cluster } from '../../src-main/contract/query'
import { askedBox, boxOf, cellAt, extent, holds, near, wrap } from '../../src-renderer/components/map/grid'

const at = (south: number, west: number, north = south, east = west): Cluster => ({
  lat: south,
  lon: west,
  south,
  north,
  west,
  east,
  count: 1,
  failures: 0,
  successes: 0,
  addresses: 1,
  places: []
})

describe('the grid of the map', () => {
  it('has cells of the same size on the screen at every zoom', () => {
    expect([2, 3, 4.5, 8].map(cellAt)).toEqual([22.5, 11.25, 5.625, 0.3515625])
  })

  it('wraps longitudes, and draws a place on the near side of the antimeridian', () => {
    expect([-181, 180, 190, 540, 12].map(wrap)).toEqual([179, -180, -170, -180, 12])
    expect(near(-175, 170)).toBe(185)
    expect(near(-175, -10)).toBe(-175)
    expect(near(179, -170)).toBe(-181)
  })
})

describe('an area drawn on the map', () => {
  const zoom = 3
  it('is a box with as many digits as a pixel is wide', () => {
    expect(boxOf({ zoom, north: 52.3456, south: 47.1111, west: 5.9876, east: 15.0123 })).toEqual({
      kind: 'box',
      north: 52.3,
      south: 47.1,
      west: 6,
      east: 15
    })
  })

  it('may cross the antimeridian: west is then greater than east', () => {
    expect(boxOf({ zoom, north: 10, south: -20, west: 170, east: 190 })).toMatchObject({ west: 170, east: -170 })
    expect(boxOf({ zoom, north: 10, south: -20, west: -190, east: -170 })).toMatchObject({ west: 170, east: -170 })
  })

  it('is the whole world when it is wider', () => {
    expect(boxOf({ zoom, north: 95, south: -95, west: -300, east: 200 })).toEqual({
      kind: 'box',
      north: 90,
      south: -90,
      west: -180,
      east: 180
    })
  })
})

describe('the part of the world that is asked for', () => {
  const view = { zoom: 6, lat: 50, lon: 10, north: 54, south: 46, west: 2, east: 18 }

  it('is all of it from afar', () => {
    expect(askedBox({ ...view, zoom: 4 })).toBeNull()
  })

  it('holds the window and stays the same when it moves a little', () => {
    const box = askedBox(view)
    expect(box).toEqual({ kind: 'box', north: 67.5, south: 33.75, west: -11.25, east: 33.75 })
    expect(askedBox({ ...view, west: 2.5, east: 18.5, lon: 10.5 })).toEqual(box)
  })

  it('goes across the antimeridian with the window', () => {
    expect(askedBox({ ...view, west: 172, east: 188, lon: 180 })).toMatchObject({ west: 157.5, east: -157.5 })
  })
})

describe('showing all places', () => {
  it('frames them', () => {
    expect(extent([at(50, 8), at(-33, 151), at(40, -74)])).toEqual({ north: 50, south: -33, west: -74, east: 151 })
    expect(extent([])).toBeNull()
  })

  it('goes across the Pacific where that is shorter', () => {
    expect(extent([at(-18, 178), at(21, -157), at(-36, 174)])).toEqual({ north: 21, south: -36, west: 174, east: 203 })
  })

  it('leaves one place where it is', () => {
    expect(extent([at(50, 8)])).toEqual({ north: 50, south: 50, west: 8, east: 8 })
  })
})

it('tells which part of a cluster is chosen', () => {
  expect(holds(at(10, 10, 20, 20), at(12, 12, 13, 13))).toBe(true)
  expect(holds(at(10, 10, 20, 20), at(21, 12, 22, 13))).toBe(false)
})
