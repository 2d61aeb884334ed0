import { describe, expect, it } from 'vitest'
import type { Filter } from '../../src-main/contract/filter'
import type { Answers } from '../../src-main/contract/query'
import { parseQuery } from '../../src-main/contract/query-text'
import { engineIn, temporaryFolder } from '../engine/folder'
import { fixture, months } from './case'

const filterOf = (text: string): Filter => parseQuery(text, { zone: 'UTC' }).filter as Filter
const everything = filterOf('')

describe('a rebuilt change answers like a logged one', () => {
  it('in every kind of query', async () => {
    const engine = engineIn(await temporaryFolder())
    await engine.createCase({ name: 'c' })
    await engine.importPaths({ paths: months.map(fixture) })
    const count = async (text: string) =>
      ((await engine.ask({ select: 'count', filter: filterOf(text) })) as Answers['count']).count

    const counts: Record<string, number> = {}
    for (const text of [
      'change.basis:rebuilt',
      'change.basis:after-only',
      '-change.basis:rebuilt',
      'change.basis:*',
      'change.fields:enabled',
      'change.fields:email*',
      '-change.fields:enabled',
      'change.fields:*',
      'change.before:*example.com*',
      'change.before:*',
      '-change.before:*',
      'change.after:*offline_access*',
      'change.after:*auditor*',
      'change.after:*'
    ])
      counts[text] = await count(text)
    expect(counts).toEqual({
      'change.basis:rebuilt': 14,
      'change.basis:after-only': 4,
      '-change.basis:rebuilt': 4,
      'change.basis:*': 18,
      'change.fields:enabled': 4,
      'change.fields:email*': 4,
      '-change.fields:enabled': 14,
      // Not the update that left all as it was.
      'change.fields:*': 13,
      'change.before:*example.com*': 2,
      // Not the re-created user: before, there was none.
      'change.before:*': 13,
      '-change.before:*': 5,
      // What was removed is not there after.
      'change.after:*offline_access*': 0,
      'change.after:*auditor*': 1,
      'change.after:*': 17
    })

    const facets = (await engine.ask({
      select: 'facets',
      filter: filterOf('event.action:user.*'),
      by: ['change.basis', 'event.action', 'change.fields'],
      limit: 3
    })) as Answers['facets']
    expect(facets.facets.map(({ values, absent }) => [values, absent])).toEqual([
      [
        [
          { value: 'rebuilt', count: 6 },
          { value: 'after-only', count: 2 }
        ],
        0
      ],
      [
        [
          { value: 'user.update', count: 5 },
          { value: 'user.action', count: 1 },
          { value: 'user.create', count: 1 }
        ],
        0
      ],
      [
        [
          { value: 'attributes', count: 4 },
          { value: 'emailVerified', count: 4 },
          { value: 'enabled', count: 4 }
        ],
        2
      ]
    ])

    const groups = (await engine.ask({
      select: 'groups',
      filter: everything,
      by: ['change.basis'],
      limit: 5
    })) as Answers['groups']
    expect(groups.groups).toEqual([
      { key: ['rebuilt'], count: 14 },
      { key: ['after-only'], count: 4 }
    ])

    const rows = (await engine.ask({
      select: 'rows',
      filter: filterOf('change.fields:redirectUris'),
      fields: ['change.basis', 'change.before', 'change.fields'],
      limit: 5
    })) as Answers['rows']
    expect(rows.rows).toMatchObject([
      {
        'change.basis': 'rebuilt',
        'change.before': { redirectUris: ['https://shop.example/*'] },
        'change.fields': ['redirectUris']
      }
    ])

    const sorted = (await engine.ask({
      select: 'rows',
      filter: everything,
      fields: ['change.basis'],
      sort: { field: 'change.basis', descending: true },
      limit: 15
    })) as Answers['rows']
    expect(sorted.rows.map((row) => row['change.basis'])).toEqual([...Array(14).fill('rebuilt'), 'after-only'])

    expect(await engine.values('change.basis', 'reb', 5)).toEqual([{ value: 'rebuilt', count: 14 }])

    const timeline = (await engine.ask({
      select: 'timeline',
      filter: everything,
      zone: 'UTC',
      every: '1y',
      by: 'change.basis'
    })) as Answers['timeline']
    expect(timeline.series).toEqual([
      { key: 'rebuilt', counts: [14] },
      { key: 'after-only', counts: [4] }
    ])

    // Words are found in the state before, too: this phone stands in no record of May.
    expect(await count('"+49 30 1" @timestamp:2026-05')).toBe(1)
  })
})
