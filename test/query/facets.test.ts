import { describe, expect, it } from 'vitest'
import { everything } from '../../src-main/contract/filter'
import { filterOf } from '../../src-main/contract/query-text'
import { edgesOver } from '../../src-main/engine/query/distribution-sql'
import { facet, openSmallCase } from './small-case'

const { asking } = await openSmallCase()

describe('facets', () => {
  it('are given of anything in the record, beside fields', async () => {
    const { total, facets } = await asking.ask({
      select: 'facets',
      filter: everything,
      by: ['record.key.size', 'event.outcome', 'record."who".name'],
      limit: 2
    })
    expect(total).toBe(15)
    expect(facets).toEqual([
      facet(
        'record.key.size',
        [
          ['40', 1],
          ['5', 1]
        ],
        { absent: 12, rest: 1, distinct: 3 }
      ),
      facet(
        'event.outcome',
        [
          ['success', 5],
          ['failure', 3]
        ],
        { absent: 7, rest: 0, distinct: 2 }
      ),
      facet(
        'record."who".name',
        [
          ['alice', 2],
          ['ACME\\svc_100%', 1]
        ],
        { absent: 5, rest: 7, distinct: 9 }
      )
    ])
  })

  it('of lists in the record count each element, as a filter on it finds them', async () => {
    const { facets } = await asking.ask({ select: 'facets', filter: everything, by: ['record.key.roles'], limit: 9 })
    expect(facets[0]).toEqual(
      facet(
        'record.key.roles',
        [
          ['admin', 1],
          ['viewer', 1]
        ],
        { absent: 14, rest: 0, distinct: 2 }
      )
    )
    expect((await asking.ask({ select: 'count', filter: filterOf('record.key.roles:admin') })).count).toBe(1)
  })

  it('know how many events there are, whichever fields are asked for', async () => {
    const total = async (...by: ('record.key.size' | 'change.fields' | '@timestamp' | 'user.name')[]) =>
      (await asking.ask({ select: 'facets', filter: filterOf('user.name:alice'), by, limit: 5 })).total
    expect(await total('record.key.size')).toBe(5)
    expect(await total('change.fields')).toBe(5)
    expect(await total('@timestamp', 'user.name')).toBe(5)
    expect(await total()).toBe(5)
  })

  it('are searched over all their values, not only the most frequent; the shares stay those of all events', async () => {
    const search = async (
      field: 'user.name' | 'source.ip' | 'change.fields' | 'event.severity',
      matching: string,
      limit = 2
    ) => asking.ask({ select: 'facets', filter: everything, by: [field], limit, matching })
    expect(await search('user.name', 'RÉS')).toEqual({
      total: 15,
      facets: [
        facet(
          'user.name',
          [
            ['RÉSUMÉ', 1],
            ['résumé', 1]
          ],
          { absent: 0, rest: 0, distinct: 2 }
        )
      ]
    })
    expect((await search('user.name', '_100%')).facets[0]?.values).toEqual([{ value: 'ACME\\svc_100%', count: 1 }])
    expect((await search('source.ip', '2001:4860', 1)).facets[0]).toMatchObject({ rest: 1, distinct: 2, absent: 2 })
    expect((await search('change.fields', 'rol')).facets[0]).toMatchObject({
      values: [
        { value: 'Role', count: 1 },
        { value: 'role', count: 1 }
      ],
      distinct: 2,
      rest: 0
    })
    expect((await search('event.severity', '2')).facets[0]?.values).toEqual([{ value: 2, count: 1 }])
    expect((await search('user.name', 'nobody')).facets[0]).toMatchObject({ values: [], rest: 0, distinct: 0 })
  })

  it('of times are searched as times are written', async () => {
    const { facets } = await asking.ask({
      select: 'facets',
      filter: everything,
      by: ['@timestamp'],
      limit: 5,
      matching: '2026-10-25t00'
    })
    expect(facets[0]?.values).toEqual([{ value: '2026-10-25T00:30:00.000Z', count: 1 }])
  })
})

describe('a distribution', () => {
  it('puts numbers in bars from one edge to before the next, and counts what is none', async () => {
    expect(
      await asking.ask({ select: 'distribution', filter: everything, field: 'http.response.status_code', bins: 10 })
    ).toEqual({
      edges: [200, 250, 300, 350, 400, 450, 500, 550],
      counts: [1, 0, 0, 0, 0, 0, 1],
      least: 201,
      greatest: 500,
      absent: 13,
      others: 0
    })
    expect(await asking.ask({ select: 'distribution', filter: everything, field: 'record.key.size', bins: 4 })).toEqual(
      { edges: [0, 20, 40, 60], counts: [2, 0, 1], least: 5, greatest: 40, absent: 12, others: 0 }
    )
    expect(
      await asking.ask({ select: 'distribution', filter: filterOf('user.name:alice'), field: 'record.op', bins: 4 })
    ).toEqual({ edges: [], counts: [], absent: 0, others: 5 })
  })

  it('has as many events as there are numbers, whatever the edges', async () => {
    for (const bins of [1, 2, 3, 7, 40]) {
      const { counts, edges } = await asking.ask({
        select: 'distribution',
        filter: everything,
        field: 'event.severity',
        bins
      })
      expect(counts.length).toBeLessThanOrEqual(bins)
      expect(edges.length).toBe(counts.length + 1)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12)
    }
  })

  it('has round edges: equally far apart, or each a multiple where numbers differ a thousandfold', () => {
    expect(edgesOver(3, 17, 5)).toEqual([0, 5, 10, 15, 20])
    expect(edgesOver(0.1, 0.35, 4)).toEqual([0.1, 0.2, 0.3, 0.4])
    expect(edgesOver(-7, 7, 4)).toEqual([-10, -5, 0, 5, 10])
    expect(edgesOver(5, 5, 8)).toEqual([5, 6])
    expect(edgesOver(1_772_000_000_123, 1_772_000_000_131, 4)).toEqual([
      1_772_000_000_120, 1_772_000_000_125, 1_772_000_000_130, 1_772_000_000_135
    ])
    expect(edgesOver(1_772_000_000.001, 1_772_000_000.003, 2)).toEqual([
      1_772_000_000, 1_772_000_000.002, 1_772_000_000.004
    ])
    expect(edgesOver(3, 4_000, 12)).toEqual([2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000])
    expect(edgesOver(1, 1e12, 13)).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13])
  })
})
