import type { AnswerTo, Cluster, Query } from '../../contract/query'
import { filterSql } from './filter-sql'
import { type Run, type SqlRow, type Statement, statement } from './statement'

type PlacesQuery = Extract<Query, { select: 'places' }>
type Places = AnswerTo<PlacesQuery>

/** Events are counted by address, addresses by place, places by the cell of the grid they lie in. */
export function placesSql({ filter, cell }: PlacesQuery): Statement {
  return statement(
    (bind) => `WITH addresses AS MATERIALIZED (
      SELECT "source.ip" AS address, "source.ip" IS NULL AND "source.address" IS NOT NULL AS other, count(*) AS n,
        count(*) FILTER ("event.outcome" = 'failure') AS failures, count(*) FILTER ("event.outcome" = 'success') AS successes
      FROM entry WHERE shown AND (${filterSql(filter, bind)}) GROUP BY 1, 2
    ), found AS MATERIALIZED (
      SELECT *, floor((lat + 90) / ${bind(cell)}) AS y, floor((lon + 180) / ${bind(cell)}) AS x
      FROM addresses LEFT JOIN place ON ip = address
    ), places AS (
      SELECT y, x, country_name, city_name, sum(n)::BIGINT AS n FROM found WHERE lat IS NOT NULL GROUP BY ALL
    ), named AS (
      SELECT y, x, list({country: country_name, city: city_name, count: n} ORDER BY n DESC, country_name, city_name)[:5] AS places
      FROM places GROUP BY y, x
    ), clusters AS (
      SELECT y, x, sum(lat * n) / sum(n) AS lat, sum(lon * n) / sum(n) AS lon, max(lat) AS north, min(lat) AS south,
        min(lon) AS west, max(lon) AS east, sum(n)::BIGINT AS count, sum(failures)::BIGINT AS failures,
        sum(successes)::BIGINT AS successes, count(*) AS addresses
      FROM found WHERE lat IS NOT NULL GROUP BY y, x
    ), missing AS (
      SELECT coalesce(sum(n) FILTER (address IS NOT NULL AND kind = 'private'), 0)::BIGINT AS private,
        coalesce(sum(n) FILTER (address IS NOT NULL AND kind IS DISTINCT FROM 'private'), 0)::BIGINT AS unknown,
        coalesce(sum(n) FILTER (other), 0)::BIGINT AS other, coalesce(sum(n) FILTER (address IS NULL AND NOT other), 0)::BIGINT AS absent
      FROM found WHERE lat IS NULL
    )
    SELECT clusters.* EXCLUDE (y, x), to_json(places) AS places, missing.*
    FROM missing LEFT JOIN (clusters JOIN named USING (y, x)) ON TRUE ORDER BY count DESC, lat, lon`
  )
}

export async function placesAnswer(query: PlacesQuery, run: Run): Promise<Places> {
  const rows = await run(placesSql(query))
  const number = (row: SqlRow | undefined, name: string) => (row?.[name] as number | undefined) ?? 0
  const [first] = rows
  return {
    clusters: rows.filter((row) => row['count'] !== null).map(cluster),
    without: {
      private: number(first, 'private'),
      unknown: number(first, 'unknown'),
      notAnAddress: number(first, 'other'),
      absent: number(first, 'absent')
    }
  }
}

function cluster(row: SqlRow): Cluster {
  const number = (name: string) => row[name] as number
  const places = JSON.parse(String(row['places'])) as { country: string | null; city: string | null; count: number }[]
  return {
    lat: number('lat'),
    lon: number('lon'),
    north: number('north'),
    south: number('south'),
    west: number('west'),
    east: number('east'),
    count: number('count'),
    failures: number('failures'),
    successes: number('successes'),
    addresses: number('addresses'),
    places: places.map(({ country, city, count }) => ({
      ...(country === null ? {} : { country }),
      ...(city === null ? {} : { city }),
      count
    }))
  }
}
