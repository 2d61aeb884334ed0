import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absent, everything, type Filter, oneOf } from '../../src-main/contract/filter'
import type { Query } from '../../src-main/contract/query'
import { filterOf } from '../../src-main/contract/query-text'
import { Asking } from '../../src-main/engine/query/run'
import { anyFilter } from './any-filter'
import { passes, texts } from './brute-force'
import { entries, facet, idOf, openSmallCase, smallCase } from './small-case'

const { asking } = await openSmallCase()

const shown = (filter: Filter) =>
  entries.flatMap((entry, row) => (entry.shown !== false && passes(entry, filter) ? [row] : []))

describe('rows', () => {
  const ids = async (query: Partial<Query> = {}) => {
    const asked = { select: 'rows', filter: everything, fields: [], limit: 100, ...query } as Extract<
      Query,
      { select: 'rows' }
    >
    return (await asking.ask(asked)).rows.map((row) => row._id)
  }
  const newestFirst = [7, 6, 17, 16, 10, 9, 5, 4, 3, 2, 1, 0, 8, 11, 12].map(idOf)

  it('come newest first, what has no time last, in the order of its file', async () => {
    expect(await ids()).toEqual(newestFirst)
  })
  it('come oldest first when asked', async () => {
    expect(await ids({ sort: { field: '@timestamp', descending: false } })).toEqual(
      [8, 0, 1, 2, 3, 4, 5, 9, 10, 16, 17, 6, 7, 11, 12].map(idOf)
    )
  })
  it('come in pages that join without gaps', async () => {
    const pages = await Promise.all([0, 4, 8, 12, 16].map((offset) => ids({ limit: 4, offset })))
    expect(pages.flat()).toEqual(newestFirst)
  })
  it('sort by any field, by the place of the address and by what is in the record, absent last', async () => {
    expect(await ids({ sort: { field: 'event.severity', descending: true }, limit: 3 })).toEqual([9, 10, 7].map(idOf))
    expect(await ids({ sort: { field: 'source.geo.city_name', descending: true }, limit: 2 })).toEqual(
      [4, 17].map(idOf)
    )
    expect(await ids({ sort: { field: 'record.key.size', descending: false }, limit: 4 })).toEqual(
      [9, 11, 10, 7].map(idOf)
    )
  })
  it('hold what was asked for and nothing absent', async () => {
    const { rows } = await asking.ask({
      select: 'rows',
      filter: filterOf('event.action:key.create or user.name:carol or user.name:epoch or user.name=bob'),
      fields: [
        '@timestamp',
        'event.severity',
        'event.user_action',
        'labels',
        'change.after',
        'change.fields',
        'source.ip',
        'source.geo.city_name',
        'source.geo.location',
        'record.key.roles',
        'record.big',
        'record."who"',
        'record.key.size'
      ],
      limit: 10
    })
    expect(rows).toEqual([
      {
        _id: 'ddddeeeeffff-1',
        '@timestamp': '2026-04-01T12:00:00.000Z',
        'event.severity': 4,
        'event.user_action': true,
        labels: { team: 'red' },
        'change.after': { role: 'admin' },
        'change.fields': ['role', 'name'],
        'record.key.roles': ['viewer', 'admin'],
        'record.big': '12345678901234567890',
        'record.key.size': 5
      },
      {
        _id: 'aaaabbbbcccc-3',
        '@timestamp': '2026-03-09T10:15:00.000001Z',
        'event.severity': 1,
        'source.ip': '10.0.0.5',
        'record."who"': { name: 'bob' }
      },
      {
        _id: 'aaaabbbbcccc-9',
        '@timestamp': '1969-12-31T23:59:59.999Z',
        'event.severity': 1,
        'source.ip': '::1',
        'record."who"': { name: 'epoch' }
      },
      {
        _id: 'ddddeeeeffff-3',
        'change.fields': [],
        'source.ip': '81.2.69.142',
        'source.geo.city_name': 'London',
        'source.geo.location': { lat: 51.5, lon: -0.12 },
        'record."who"': 'carol',
        'record.key.size': 7
      }
    ])
  })
})

describe('counts', () => {
  it('are of shown events, with the first and last time and how many have none', async () => {
    expect(await asking.ask({ select: 'count', filter: everything })).toEqual({
      count: 15,
      undated: 2,
      first: '1969-12-31T23:59:59.999Z',
      last: '2026-10-25T01:30:00.000Z'
    })
    expect(await asking.ask({ select: 'count', filter: filterOf('user.name:nobody') })).toEqual({
      count: 0,
      undated: 0
    })
  })

  it('agree with trying every event, whatever the filter: total, rows, facets, bars and calendar', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const rows = shown(filter)
        const dated = rows.filter((row) => entries[row]?.fields['@timestamp'] !== undefined)
        expect((await asking.ask({ select: 'count', filter })).count).toBe(rows.length)
        const listed = await asking.ask({ select: 'rows', filter, fields: [], limit: 100 })
        expect(listed.rows.map((row) => row._id).sort()).toEqual(rows.map(idOf).sort())
        const { total, facets } = await asking.ask({
          select: 'facets',
          filter,
          by: ['user.name', 'source.geo.country_name', 'event.severity'],
          limit: 2
        })
        expect(total).toBe(rows.length)
        for (const facet of facets) {
          const counts = new Map<string, number>()
          for (const row of rows)
            for (const text of texts(entries[row] as (typeof entries)[number], facet.field))
              counts.set(text, (counts.get(text) ?? 0) + 1)
          const sum = [...counts.values()].reduce((a, b) => a + b, 0)
          expect(facet.distinct).toBe(counts.size)
          expect(facet.absent).toBe(rows.length - sum)
          expect(facet.values.reduce((a, { count }) => a + count, facet.rest)).toBe(sum)
          for (const { value, count } of facet.values) expect(counts.get(String(value))).toBe(count)
        }
        const zone = 'Europe/Berlin'
        const timeline = await asking.ask({ select: 'timeline', filter, zone, by: 'event.category' })
        expect(timeline.undated).toBe(rows.length - dated.length)
        expect(timeline.series.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0)).toBe(dated.length)
        const { cells } = await asking.ask({ select: 'calendar', filter, zone })
        expect(cells.reduce((a, { count }) => a + count, 0)).toBe(dated.length)
        const places = await asking.ask({ select: 'places', filter, cell: 10 })
        const without = Object.values(places.without).reduce((a, b) => a + b, 0)
        expect(places.clusters.reduce((a, { count }) => a + count, without)).toBe(rows.length)
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) }
    )
  })

  it('are given by value, the most frequent first, with what is absent and what lies beyond', async () => {
    const { total, facets } = await asking.ask({
      select: 'facets',
      filter: everything,
      limit: 2,
      by: [
        'event.outcome',
        'event.severity',
        'event.user_action',
        'change.fields',
        'source.geo.city_name',
        'source.geo.kind',
        'source.ip',
        '@timestamp'
      ]
    })
    expect(total).toBe(15)
    expect(facets).toEqual([
      facet(
        'event.outcome',
        [
          ['success', 5],
          ['failure', 3]
        ],
        { absent: 7, rest: 0, distinct: 2 }
      ),
      facet(
        'event.severity',
        [
          [1, 10],
          [2, 1]
        ],
        { absent: 3, rest: 1, distinct: 3 }
      ),
      facet(
        'event.user_action',
        [
          [false, 1],
          [true, 1]
        ],
        { absent: 13, rest: 0, distinct: 2 }
      ),
      facet(
        'change.fields',
        [
          ['Role', 1],
          ['name', 1]
        ],
        { absent: 13, rest: 1, distinct: 3 }
      ),
      facet(
        'source.geo.city_name',
        [
          ['London', 4],
          ['Mountain View', 1]
        ],
        { absent: 10, rest: 0, distinct: 2 }
      ),
      facet(
        'source.geo.kind',
        [
          ['public', 6],
          ['private', 2]
        ],
        { absent: 6, rest: 1, distinct: 3 }
      ),
      // With “backend” and the one that the log calls 10.1.2.3, which stand where there is no address.
      facet(
        'source.ip',
        [
          ['81.2.69.142', 2],
          ['81.2.69.143', 2]
        ],
        { absent: 2, rest: 9, distinct: 11 }
      ),
      facet(
        '@timestamp',
        [
          ['2026-03-09T09:41:07.120Z', 2],
          ['2026-04-02T00:00:00.000Z', 2]
        ],
        { absent: 2, rest: 9, distinct: 11 }
      )
    ])
  })

  it.each([
    'event.outcome',
    'source.geo.city_name',
    'source.ip',
    'change.fields',
    'record.key.roles',
    'record.key.*',
    'record.*',
    'record.who',
    'record.n'
  ] as const)('of %s are those of the events that each group has', async (field) => {
    const { groups, rest } = await asking.ask({ select: 'groups', filter: everything, by: [field], limit: 100 })
    expect(groups.length).toBeGreaterThan(0)
    expect(rest).toBe(0)
    for (const { key, count } of groups) {
      const [value = null] = key
      const filter = value === null ? absent(field) : oneOf(field, value)
      expect((await asking.ask({ select: 'count', filter })).count, String(value)).toBe(count)
    }
    const { facets } = await asking.ask({ select: 'facets', filter: everything, by: [field], limit: 100 })
    const absentOf = (await asking.ask({ select: 'count', filter: absent(field) })).count
    // Where there is no address, a facet lists what the log has in its place.
    if (field !== 'source.ip') expect(facets[0]?.absent).toBe(absentOf)
  })

  it('of a place where some records have a list and others one of its values are those that a filter finds', async () => {
    const own = await smallCase()
    const writer = await own.connect()
    await writer.run(`INSERT INTO entry BY NAME SELECT 2 AS evidence, 'event'::status AS status, true AS shown, raw
      FROM (VALUES ('{"aud":"app"}'), ('{"aud":["app","api"]}'), ('{"aud":[]}')) AS records(raw)`)
    writer.closeSync()
    const asked = new Asking(own, 1)
    const { groups } = await asked.ask({
      select: 'groups',
      filter: filterOf('record.aud:*'),
      by: ['record.aud'],
      limit: 9
    })
    expect(groups.map(({ key, count }) => [...key, count])).toEqual([
      ['app', 2],
      ['[]', 1],
      ['api', 1]
    ])
    expect((await asked.ask({ select: 'count', filter: filterOf('record.aud=app') })).count).toBe(2)
    await asked.close()
    own.closeSync()
  })

  it('are given for combinations of lists, each value of one with each of the other', async () => {
    const { groups } = await asking.ask({
      select: 'groups',
      filter: filterOf('event.action:key.create'),
      by: ['record.key.roles', 'user.name', 'change.fields'],
      limit: 9
    })
    expect(groups.map(({ key, count }) => [...key, count])).toEqual([
      ['admin', 'alice', 'name', 1],
      ['admin', 'alice', 'role', 1],
      ['viewer', 'alice', 'name', 1],
      ['viewer', 'alice', 'role', 1]
    ])
  })

  it('are given for combinations, absent being a value', async () => {
    expect(
      await asking.ask({
        select: 'groups',
        filter: filterOf('user.name:(alice or bob or mallory)'),
        by: ['user.name', 'source.geo.country_iso_code'],
        limit: 3
      })
    ).toEqual({
      groups: [
        { key: ['alice', 'GB'], count: 2 },
        { key: ['alice', null], count: 2 },
        { key: ['Alice', 'GB'], count: 1 }
      ],
      rest: 2,
      distinct: 5
    })
    expect(await asking.ask({ select: 'groups', filter: everything, by: ['record.key.id'], limit: 5 })).toEqual({
      groups: [
        { key: [null], count: 13 },
        { key: ['key_1'], count: 2 }
      ],
      rest: 0,
      distinct: 2
    })
    expect(
      await asking.ask({ select: 'groups', filter: filterOf('user.name:nobody'), by: ['user.name'], limit: 5 })
    ).toEqual({ groups: [], rest: 0, distinct: 0 })
  })
})

describe('events over time', () => {
  it('stand in bars without gaps, split by the most frequent values', async () => {
    expect(
      await asking.ask({
        select: 'timeline',
        filter: filterOf('@timestamp:2026-03-09'),
        zone: 'UTC',
        every: '30m',
        by: 'user.name',
        limit: 1
      })
    ).toEqual({
      every: '30m',
      zone: 'UTC',
      undated: 0,
      starts: [Date.UTC(2026, 2, 9, 9, 30), Date.UTC(2026, 2, 9, 10)],
      end: Date.UTC(2026, 2, 9, 10, 30),
      series: [
        { key: 'Alice', counts: [1, 0] },
        { key: null, others: true, counts: [1, 1] }
      ]
    })
  })
  it.each(['user.name', 'source.geo.city_name', 'change.fields', 'event.severity'] as const)(
    'are split by %s as they are counted by it',
    async (by) => {
      const filter = filterOf('@timestamp:*')
      const { groups } = await asking.ask({ select: 'groups', filter, by: [by], limit: 100 })
      for (const zone of ['UTC', 'Asia/Kolkata']) {
        const { series } = await asking.ask({ select: 'timeline', filter, zone, every: '1M', by, limit: 100 })
        const counts = series.map(({ key, counts }) => [key, counts.reduce((a, b) => a + b, 0)])
        expect(new Map(counts as [unknown, number][])).toEqual(new Map(groups.map(({ key, count }) => [key[0], count])))
      }
    }
  )
  it('begin days at the midnight of the zone, also when its clocks change', async () => {
    const filter = filterOf('@timestamp:[2026-03-28 TO 2026-03-29]')
    const timeline = await asking.ask({ select: 'timeline', filter, zone: 'Asia/Tokyo', every: '1d' })
    expect(timeline.starts).toEqual([Date.parse('2026-03-28T15:00:00Z')])
    const autumn = await asking.ask({
      select: 'timeline',
      filter: filterOf('@timestamp:2026-10 or @timestamp:2026-04'),
      zone: 'Europe/Berlin',
      every: '1M'
    })
    expect(autumn.starts.at(-1)).toBe(Date.parse('2026-09-30T22:00:00Z'))
    expect(autumn.end).toBe(Date.parse('2026-10-31T23:00:00Z'))
    expect(autumn.series).toEqual([{ key: null, counts: [4, 0, 0, 0, 0, 0, 2] }])
  })
  it('choose the narrowest bars that are few enough, and say which', async () => {
    const every = async (text: string, bins: number) =>
      (await asking.ask({ select: 'timeline', filter: filterOf(text), zone: 'UTC', bins })).every
    expect(await every('@timestamp:2026-03-09', 100)).toBe('30s')
    expect(await every('@timestamp:2026', 100)).toBe('1w')
    expect(await every('', 100)).toBe('1y')
    expect(
      (await asking.ask({ select: 'timeline', filter: everything, zone: 'UTC', every: '1s' })).starts.length
    ).toBeLessThanOrEqual(10_000)
  })
  it('fall on hours of the week as clocks in the zone show them', async () => {
    const filter = filterOf('@timestamp:(2026-03-29 or 2026-10-25) or user.name:dave')
    expect(await asking.ask({ select: 'calendar', filter, zone: 'Europe/Berlin' })).toEqual({
      cells: [
        { weekday: 6, hour: 1, count: 1 },
        { weekday: 6, hour: 2, count: 2 },
        { weekday: 6, hour: 3, count: 1 }
      ],
      undated: 1
    })
  })
  it('refuse a zone that does not exist', async () => {
    // An offset is none: it knows no summer time.
    for (const zone of ['Mars/Base', '+02:00'])
      for (const select of ['calendar', 'timeline'] as const)
        await expect(asking.ask({ select, filter: everything, zone })).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('places', () => {
  it('are clustered over the whole set, and what has no place is counted by why', async () => {
    const { clusters, without } = await asking.ask({ select: 'places', filter: everything, cell: 10 })
    expect(without).toEqual({ private: 2, unknown: 3, notAnAddress: 2, absent: 2 })
    expect(clusters).toEqual([
      {
        lat: 51.5,
        lon: -0.12,
        north: 51.5,
        south: 51.5,
        west: -0.12,
        east: -0.12,
        count: 4,
        failures: 1,
        successes: 2,
        addresses: 2,
        places: [{ country: 'United Kingdom', city: 'London', count: 4 }]
      },
      {
        lat: -17.7,
        lon: 178,
        north: -17.7,
        south: -17.7,
        west: 178,
        east: 178,
        count: 1,
        failures: 0,
        successes: 0,
        addresses: 1,
        places: [{ country: 'Fiji', count: 1 }]
      },
      {
        lat: 37.4,
        lon: -122.1,
        north: 37.4,
        south: 37.4,
        west: -122.1,
        east: -122.1,
        count: 1,
        failures: 0,
        successes: 1,
        addresses: 1,
        places: [{ country: 'United States', city: 'Mountain View', count: 1 }]
      }
    ])
    expect((await asking.ask({ select: 'places', filter: filterOf('user.name:nobody'), cell: 5 })).clusters).toEqual([])
  })
})

describe('asking', () => {
  // Twenty million rows squared: it ends only when it is ended.
  const endless =
    'SELECT count(*) FROM range(20000000) a, range(20000000) b WHERE a.range + b.range = 3 OR hash(a.range) = hash(b.range)'

  it('ends only what is cancelled, and says so', async () => {
    const long = asking.sql(endless, 10, 'long')
    const other = asking.ask({ select: 'count', filter: everything }, 'other')
    expect((await other).count).toBe(15)
    asking.cancel('long')
    await expect(long).rejects.toMatchObject({ code: 'canceled' })
    expect((await asking.ask({ select: 'count', filter: everything })).count).toBe(15)
  })
  it('ends what still waits for its turn', async () => {
    const long = Promise.allSettled([asking.sql(endless, 1, 'a'), asking.sql(endless, 1, 'b')])
    const waiting = asking.ask({ select: 'count', filter: everything }, 'c')
    const next = asking.ask({ select: 'count', filter: everything })
    asking.cancel('c')
    await expect(waiting).rejects.toMatchObject({ code: 'canceled' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const ticket of ['a', 'b']) asking.cancel(ticket)
    expect(await long).toMatchObject([{ reason: { code: 'canceled' } }, { reason: { code: 'canceled' } }])
    expect((await next).count).toBe(15)
  })
  it('answers who asks the same, whether or not the one who asked first gives up', async () => {
    const filter: Filter = { kind: 'words', text: 'alice' }
    for (let round = 0; round < 5; round++) {
      const first = asking.ask({ select: 'count', filter }, 'first')
      const second = asking.ask({ select: 'count', filter }, 'second')
      const given = Promise.allSettled([first])
      asking.cancel('first')
      expect((await second).count).toBe(shown(filter).length)
      await given
    }
  })
  it('says of a regular expression that it cannot be read', async () => {
    const filter: Filter = { kind: 'regex', field: 'user.name', pattern: '(a' }
    await expect(asking.ask({ select: 'count', filter })).rejects.toMatchObject({ code: 'query_syntax' })
  })
  it('gives values of a field, those that begin with the text first', async () => {
    expect(await asking.values('user.name', 'ali', 5)).toEqual([
      { value: 'alice', count: 4 },
      { value: 'Alice', count: 1 }
    ])
    expect(await asking.values('event.action', 'e', 3)).toEqual(
      [
        { value: 'invite', count: 2 },
        { value: 'Key.Delete', count: 1 },
        { value: 'key.create', count: 1 }
      ].sort((a, b) => b.count - a.count)
    )
    expect(await asking.values('source.geo.country_name', 'united', 1)).toEqual([{ value: 'United Kingdom', count: 4 }])
    expect(await asking.values('event.severity', '', 2)).toEqual([
      { value: 1, count: 10 },
      { value: 2, count: 1 }
    ])
  })
})
