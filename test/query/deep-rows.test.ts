import type { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyField } from '../../src-main/contract/event'
import { everything } from '../../src-main/contract/filter'
import type { Sort } from '../../src-main/contract/query'
import { filterOf } from '../../src-main/contract/query-text'
import { DeepRows } from '../../src-main/engine/query/deep-rows'
import { sqlFilter } from '../../src-main/engine/query/filter-sql'
import { usualSize } from '../../src-main/engine/query/pieces'
import { Asking } from '../../src-main/engine/query/run'
import type { Run } from '../../src-main/engine/query/statement'
import { idOf, runOn, smallCase } from './small-case'

let instance: DuckDBInstance
let asking: Asking
let asked = 0
let run: Run
beforeAll(async () => {
  instance = await smallCase()
  const connection = await instance.connect()
  // Ties and gaps: a thousand events of one second, others years apart, and many without a time.
  await connection.run(`INSERT INTO entry BY NAME
    SELECT 2 AS evidence, 'event'::status AS status, n % 17 <> 3 AS shown, '{"n":' || (n % 40) || '}' AS raw,
      CASE WHEN n % 5 = 0 THEN NULL WHEN n % 3 = 0 THEN TIMESTAMP '2026-05-01' ELSE TIMESTAMP '2020-01-01' + INTERVAL (n * n) MINUTE END AS "@timestamp",
      ['alice', 'bob', 'carol'][n % 4 + 1] AS "user.name", n // 3 AS "event.severity", 'id-' || n AS "event.id",
      ['81.2.69.142', '202.12.27.33', NULL][n % 3 + 1] AS "source.ip", [['role'], ['name', 'role'], NULL][n % 3 + 1] AS "change.fields"
    FROM range(600) t(n)`)
  await connection.run(`UPDATE evidence SET records = records + 600 WHERE id = 2`)
  asking = new Asking(instance, 2)
  const ask = runOn(connection)
  run = (statement) => {
    asked++
    return ask(statement)
  }
})
afterAll(async () => {
  await asking.close()
  instance.closeSync()
})

const fields: readonly AnyField[] = [
  '@timestamp',
  'user.name',
  'event.severity',
  'event.id',
  'event.user_action',
  'source.geo.city_name',
  'change.fields',
  'record.n'
]
const sorts: readonly Sort[] = fields.flatMap((field) => [true, false].map((descending) => ({ field, descending })))
const filters = ['', 'event.severity:>50', '-user.name:alice', 'user.name:nobody', '@timestamp:*'].map((text) =>
  filterOf(text)
)

describe('rows at any depth', () => {
  it.each(sorts)('are the ones that sorting all events puts there: by $field, descending $descending', async (sort) => {
    for (const filter of filters) {
      const listing = { filter, sort }
      const all = await new DeepRows(10_000).rowsAt(listing, 0, 10_000, run)
      for (const size of [3, 20]) {
        const deep = new DeepRows(size, size)
        for (const [offset, limit] of [
          [0, 3],
          [2, 7],
          [40, 11],
          [290, 13],
          [571, 19],
          [Math.max(0, all.length - 2), 5],
          [5000, 3]
        ] as const)
          expect(await deep.rowsAt(listing, offset, Math.min(limit, size), run)).toEqual(
            all.slice(offset, offset + Math.min(limit, size))
          )
      }
    }
  })

  it('are found again without counting once more, until the case changes', async () => {
    const deep = new DeepRows(10)
    const listing = { filter: everything, sort: { field: 'user.name', descending: false } } as const
    await deep.rowsAt(listing, 300, 10, run)
    asked = 0
    await deep.rowsAt(listing, 300, 10, run)
    const again = asked
    deep.forget()
    asked = 0
    await deep.rowsAt(listing, 300, 10, run)
    expect(again).toBeLessThanOrEqual(2)
    expect(asked).toBeGreaterThan(again)
  })

  it('are others as soon as the case holds more', async () => {
    const page = (offset: number) =>
      asking.ask({ select: 'rows', filter: everything, fields: ['event.id'], limit: 1, offset })
    const place = 400
    await page(usualSize + place)
    const [before] = (await page(place)).rows
    const writer = await instance.connect()
    await writer.run(`INSERT INTO entry BY NAME SELECT 2 AS evidence, 'event'::status AS status, true AS shown, '{}' AS raw,
      TIMESTAMP '2027-01-01' + INTERVAL (n) SECOND AS "@timestamp" FROM range(${usualSize}) t(n)`)
    await asking.holds([])
    expect((await page(usualSize + place)).rows).toEqual([before])
    await writer.run(`DELETE FROM entry WHERE "@timestamp" >= TIMESTAMP '2027-01-01'`)
    writer.closeSync()
    asking.tookOut()
    expect((await page(place)).rows).toEqual([before])
  })

  it('are looked for with the filter as it is now, where the pieces are known', async () => {
    const deep = new DeepRows(10)
    const sort = { field: '@timestamp', descending: true } as const
    // What a word stands for is told by the filter itself: another object may have it from another table.
    const [first, second] = [sqlFilter('n', () => 'rowid >= 0'), sqlFilter('n', () => 'rowid >= 0 AND 1 = 1')]
    const rows = await deep.rowsAt({ filter: first, sort }, 300, 10, run)
    let text = ''
    const watched: Run = (statement) => {
      text += statement.sql
      return run(statement)
    }
    expect(await deep.rowsAt({ filter: second, sort }, 300, 10, watched)).toEqual(rows)
    expect(text).toContain('1 = 1')
  })

  it('are found by the next who asks, where the first was cancelled', async () => {
    const deep = new DeepRows(10)
    const listing = { filter: everything, sort: { field: 'user.name', descending: false } } as const
    const canceled: Run = () => Promise.reject(new Error('cancelled'))
    const first = deep.rowsAt(listing, 300, 10, canceled)
    const second = deep.rowsAt(listing, 300, 10, run)
    await expect(first).rejects.toThrow('cancelled')
    expect(await second).toHaveLength(10)
  })
})

describe('an event is located', () => {
  it('where it stands in the listing, whatever that is sorted by', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sorts),
        fc.constantFrom(...filters),
        fc.nat(600),
        async (sort, filter, nth) => {
          const { rows } = await asking.ask({ select: 'rows', filter, sort, fields: [], limit: 10_000 })
          const event = rows[nth % Math.max(1, rows.length)]?._id
          if (event === undefined) return
          const located = await asking.ask({ select: 'locate', filter, sort, of: { event } })
          expect(rows[located.at ?? -1]?._id).toBe(event)
        }
      ),
      { numRuns: 60 }
    )
  })
  it('nowhere, where the filter leaves it out', async () => {
    const filter = filterOf('user.name:bob')
    expect(await asking.ask({ select: 'locate', filter, of: { event: idOf(0) } })).toEqual({ at: null })
  })
  it('by a time: at the first that is as late, newest or oldest first', async () => {
    const filter = filterOf('event.action:login')
    const at = async (time: string, descending: boolean) =>
      (await asking.ask({ select: 'locate', filter, sort: { field: '@timestamp', descending }, of: { time } })).at
    // Ten logins: one of 1969, five of March, one of April, then two of October.
    expect([
      await at('2026-10-25T01:30:00Z', true),
      await at('2026-04-02', true),
      await at('1960-01-01', true)
    ]).toEqual([0, 2, 10])
    expect([await at('1960-01-01', false), await at('2026-03-10', false), await at('2030-01-01', false)]).toEqual([
      0, 4, 10
    ])
  })
})

describe('rules', () => {
  it('tell of each row the first that it passes', async () => {
    const { rows, ruled } = await asking.ask({
      select: 'rows',
      filter: filterOf('event.action:(login or invite) and user.name:(alice or bob or carol)'),
      sort: { field: '@timestamp', descending: false },
      fields: ['user.name', 'event.outcome'],
      rules: [filterOf('event.outcome:failure'), filterOf('user.name=alice'), filterOf('event.outcome:success')],
      limit: 5
    })
    expect(rows.map((row) => [row['user.name'], row['event.outcome']])).toEqual([
      ['alice', 'success'],
      ['Alice', 'failure'],
      ['bob', 'success'],
      ['alice', 'success'],
      ['carol', undefined]
    ])
    expect(ruled).toEqual([1, 0, 2, 1, null])
  })
  it('may ask for words anywhere in the record, for addresses in a block, for places and marks', async () => {
    const { rows, ruled } = await asking.ask({
      select: 'rows',
      filter: filterOf('user.name:(bob or carol or mallory) and -record.n:*'),
      sort: { field: '@timestamp', descending: false },
      fields: ['user.name'],
      rules: [
        filterOf('"not json"'),
        filterOf('source.ip:10.0.0.0/8'),
        filterOf('is:starred'),
        filterOf('source.geo.city_name:London')
      ],
      limit: 5
    })
    expect(rows.map((row) => row['user.name'])).toEqual(['bob', 'mallory', 'carol'])
    expect(ruled).toEqual([1, 0, 3])
  })
})
