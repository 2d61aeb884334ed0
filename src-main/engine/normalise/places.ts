import { setImmediate } from 'node:timers/promises'
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import type { GeoInfo } from '../../contract/case'
import type { Geo, GeoPlace } from './geo'

export { type Geo, type GeoPlace, openGeo } from './geo'

/**
 * Looks up every address of the case that has no place yet, or all of them anew where those it has are from another database or edition,
 * and answers how many it looked up: a case's places are all from one, and it keeps which.
 * Addresses are few where events are many: a million events hold some ten thousand.
 */
export async function resolvePlaces(connection: DuckDBConnection, geo: Geo, all = false): Promise<number> {
  const { title, edition } = (await placedBy(connection)) ?? geo.info
  const other = title !== geo.info.title || edition !== geo.info.edition
  const looked = await look(connection, geo, all || other)
  await connection.run(
    `INSERT OR REPLACE INTO meta VALUES ('geo', $1::VARCHAR), ('placed', (SELECT CAST(coalesce(max(id), 0) AS VARCHAR) FROM evidence))`,
    [JSON.stringify(geo.info)]
  )
  return looked
}

/** Whether logs came in whose addresses were not looked up: the application ended before it could. */
export async function isUnplaced(connection: DuckDBConnection): Promise<boolean> {
  // Cases of before it was noted had theirs looked up.
  const placed = `coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'placed'),
    (SELECT 2147483647 FROM meta WHERE key = 'geo'), 0)`
  const found = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER FROM evidence WHERE records > 0 AND id > ${placed}`
  )
  return found.getRows()[0]?.[0] !== 0
}

/** The geo-IP database the case's places were looked up in; undefined where none were yet. */
export async function placedBy(connection: DuckDBConnection): Promise<GeoInfo | undefined> {
  const found = await connection.runAndReadAll(`SELECT value FROM meta WHERE key = 'geo'`)
  const text = found.getRows()[0]?.[0]
  return typeof text === 'string' ? (JSON.parse(text) as GeoInfo) : undefined
}

async function look(connection: DuckDBConnection, geo: Geo, all: boolean): Promise<number> {
  const asked = `SELECT DISTINCT "source.ip" AS ip FROM entry WHERE "source.ip" IS NOT NULL`
  const reader = await connection.runAndReadAll(all ? asked : `${asked} AND "source.ip" NOT IN (SELECT ip FROM place)`)
  const addresses = reader.getColumns()[0] as string[] | undefined
  if (!addresses?.length) return 0
  await connection.run('CREATE OR REPLACE TEMP TABLE found AS FROM place LIMIT 0')
  try {
    const appender = await connection.createAppender('found', undefined, 'temp')
    for (const [index, ip] of addresses.entries()) {
      append(appender, ip, geo.lookup(ip))
      // The engine goes on answering while tens of thousands of addresses are looked up.
      if (index % 2_000 === 1_999) await setImmediate()
    }
    appender.closeSync()
    await connection.run('INSERT OR REPLACE INTO place FROM found')
  } finally {
    await connection.run('DROP TABLE IF EXISTS temp.found')
  }
  return addresses.length
}

function append(appender: DuckDBAppender, ip: string, found: GeoPlace): void {
  appender.appendVarchar(ip)
  appender.appendVarchar(found.kind)
  for (const value of [found.country_iso_code, found.country_name, found.city_name])
    value === undefined ? appender.appendNull() : appender.appendVarchar(value)
  for (const value of [found.lat, found.lon]) value === undefined ? appender.appendNull() : appender.appendDouble(value)
  appender.endRow()
}
