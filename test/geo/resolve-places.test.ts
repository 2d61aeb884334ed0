import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { beforeEach, describe, expect, it } from 'vitest'
import { geoOf } from '../../src-main/engine/normalise/geo'
import { openGeo, placedBy, resolvePlaces } from '../../src-main/engine/normalise/places'
import { tables } from '../../src-main/engine/store/schema'

let connection: DuckDBConnection
beforeEach(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { storage_compatibility_version: 'latest' })).connect()
  await connection.run(tables)
})

const insert = (...ips: (string | null)[]) =>
  connection.run(`INSERT INTO entry ("source.ip") VALUES ${ips.map((ip) => `(${ip ? `'${ip}'` : 'NULL'})`).join(',')}`)
const places = async () => (await connection.runAndReadAll('FROM place ORDER BY ip')).getRowObjectsJS()

describe('places of the case', async () => {
  const geo = await openGeo()

  it('holds each address once, public or not, and none for an event without one', async () => {
    await insert('81.2.69.142', '81.2.69.142', '10.0.0.1', null, '2a00:1450:4001:81b::200e')
    expect(await resolvePlaces(connection, geo)).toBe(3)
    const none = { country_iso_code: null, country_name: null, city_name: null, lat: null, lon: null }
    expect(await places()).toEqual([
      { ip: '10.0.0.1', kind: 'private', ...none },
      {
        ip: '2a00:1450:4001:81b::200e',
        kind: 'public',
        country_iso_code: 'DE',
        country_name: 'Germany',
        city_name: 'Frankfurt am Main',
        lat: 50.1109,
        lon: 8.6821
      },
      {
        ip: '81.2.69.142',
        kind: 'public',
        country_iso_code: 'GB',
        country_name: 'United Kingdom',
        city_name: 'London',
        lat: 51.5143,
        lon: -0.0912
      }
    ])
  })

  it('looks up only what is new', async () => {
    await insert('81.2.69.142')
    expect(await resolvePlaces(connection, geo)).toBe(1)
    expect(await resolvePlaces(connection, geo)).toBe(0)
    await insert('5.5.5.5')
    expect(await resolvePlaces(connection, geo)).toBe(1)
    expect(await places()).toHaveLength(2)
  })

  it('rewrites all of them for another database', async () => {
    await insert('81.2.69.142', '10.0.0.1')
    await resolvePlaces(connection, geo)
    expect(await resolvePlaces(connection, geoOf([]), true)).toBe(2)
    expect((await places()).map(({ ip, kind, country_name }) => [ip, kind, country_name])).toEqual([
      ['10.0.0.1', 'private', null],
      ['81.2.69.142', 'unknown', null]
    ])
  })

  it('looks all of them up anew once the database is of another edition, and keeps which one it was', async () => {
    await insert('81.2.69.142')
    expect(await placedBy(connection)).toBeUndefined()
    await resolvePlaces(connection, geo)
    expect(await placedBy(connection)).toEqual(geo.info)
    const later = { ...geo, info: { ...geo.info, edition: '2099-01-01' }, lookup: () => ({ kind: 'unknown' as const }) }
    expect(await resolvePlaces(connection, later)).toBe(1)
    expect(await placedBy(connection)).toEqual(later.info)
    expect(await places()).toMatchObject([{ ip: '81.2.69.142', kind: 'unknown', country_name: null }])
    expect(await resolvePlaces(connection, later)).toBe(0)
  })

  it('stands within a transaction of its caller, and is gone with it', async () => {
    await insert('81.2.69.142')
    await connection.run('BEGIN')
    await resolvePlaces(connection, geo)
    await connection.run('ROLLBACK')
    expect(await places()).toEqual([])
  })

  it('takes 50,000 addresses, and lets other work in between', async () => {
    await connection.run(`INSERT INTO entry ("source.ip")
      SELECT concat_ws('.', 1 + i % 220, (i * 7) % 256, (i * 13) % 256, i // 256) FROM range(50000) r(i)`)
    let ticks = 0
    const other = setInterval(() => ticks++, 5)
    expect(await resolvePlaces(connection, geo)).toBe(50_000)
    clearInterval(other)
    expect(ticks).toBeGreaterThan(5)
  })
})
