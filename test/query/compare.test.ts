import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyField } from '../../src-main/contract/event'
import { everything, type Filter } from '../../src-main/contract/filter'
import { filterOf } from '../../src-main/contract/query-text'
import { anyFilter } from './any-filter'
import { passes, texts } from './brute-force'
import { type Entry, entries, openSmallCase } from './small-case'

const { asking } = await openSmallCase()

const shown = (filter: Filter) => entries.filter((entry) => entry.shown !== false && passes(entry, filter))

type Tally = Map<string | null, number>

/** How often each value stands in these entries; null: in how many there is none. */
function tally(of: readonly Entry[], field: AnyField): Tally {
  const counts: Tally = new Map<string | null, number>()
  for (const entry of of) {
    const held = texts(entry, field)
    for (const text of held.length > 0 ? held : [null]) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

describe('a comparison', () => {
  it('tells what is new, gone, more frequent and less, with both counts', async () => {
    const { a, b, both, fields } = await asking.ask({
      select: 'compare',
      a: filterOf('@timestamp:2026-03'),
      b: filterOf('@timestamp:2026-04'),
      by: ['user.name', 'event.outcome'],
      limit: 20,
      order: 'b'
    })
    expect(a).toEqual({
      count: 6,
      undated: 0,
      first: '2026-03-09T09:41:07.120Z',
      last: '2026-03-29T01:30:00.000Z'
    })
    expect([b.count, both]).toEqual([4, 0])
    expect(fields).toEqual([
      {
        field: 'user.name',
        values: [
          { value: 'alice', a: 1, b: 3, kind: 'up' },
          { value: 'mallory', a: 0, b: 1, kind: 'new' },
          { value: 'ACME\\svc_100%', a: 1, b: 0, kind: 'gone' },
          { value: 'Alice', a: 1, b: 0, kind: 'gone' },
          { value: 'RÉSUMÉ', a: 1, b: 0, kind: 'gone' },
          { value: 'bob', a: 1, b: 0, kind: 'gone' },
          { value: 'résumé', a: 1, b: 0, kind: 'gone' }
        ],
        kinds: { new: 1, gone: 5, up: 1, down: 0, same: 0 },
        rest: { values: 0, a: 0, b: 0 }
      },
      {
        field: 'event.outcome',
        values: [
          { value: null, a: 0, b: 3, kind: 'new' },
          { value: 'success', a: 4, b: 1, kind: 'down' },
          { value: 'failure', a: 2, b: 0, kind: 'gone' }
        ],
        kinds: { new: 1, gone: 1, up: 0, down: 1, same: 0 },
        rest: { values: 0, a: 0, b: 0 }
      }
    ])
  })

  it('puts what chance explains least first, and says what lies beyond', async () => {
    const { fields } = await asking.ask({
      select: 'compare',
      a: filterOf('@timestamp:2026-03'),
      b: filterOf('@timestamp:2026-04'),
      by: ['event.category'],
      limit: 1
    })
    expect(fields[0]).toMatchObject({
      values: [{ value: 'authentication', a: 6, b: 1, kind: 'down' }],
      rest: { values: 2, a: 0, b: 3 }
    })
  })

  it('lists only one kind of change when asked, and counts all the same', async () => {
    const { fields } = await asking.ask({
      select: 'compare',
      a: filterOf('@timestamp:2026-03'),
      b: filterOf('@timestamp:2026-04'),
      by: ['user.name'],
      limit: 2,
      only: 'gone'
    })
    expect(fields[0]?.values.every(({ kind }) => kind === 'gone')).toBe(true)
    expect(fields[0]).toMatchObject({ kinds: { new: 1, gone: 5 }, rest: { values: 3, a: 3, b: 0 } })
  })

  it('of sets of different sizes goes by the share, not by the count', async () => {
    const { fields } = await asking.ask({
      select: 'compare',
      a: filterOf('user.name:alice'),
      b: everything,
      by: ['event.category', 'event.severity'],
      limit: 9,
      order: 'a'
    })
    // 3 of 5 beside 10 of 15; 2 of 5 beside 2 of 15.
    expect(fields[0]?.values.slice(0, 2)).toEqual([
      { value: 'authentication', a: 3, b: 10, kind: 'up' },
      { value: 'iam', a: 2, b: 2, kind: 'down' }
    ])
    expect(fields[1]?.values[0]).toEqual({ value: 1, a: 3, b: 10, kind: 'up' })
  })

  it('with a set of no events calls everything new, or gone', async () => {
    const compare = (a: Filter, b: Filter) =>
      asking.ask({ select: 'compare', a, b, by: ['event.outcome', 'change.fields', 'record.op'], limit: 9 })
    const none = filterOf('user.name:nobody')
    const grown = await compare(none, everything)
    expect(grown.fields.map(({ kinds }) => kinds)).toEqual([
      { new: 3, gone: 0, up: 0, down: 0, same: 0 },
      { new: 4, gone: 0, up: 0, down: 0, same: 0 },
      { new: 4, gone: 0, up: 0, down: 0, same: 0 }
    ])
    expect((await compare(everything, none)).fields[0]?.kinds).toMatchObject({ new: 0, gone: 3 })
    const empty = await compare(none, none)
    expect(empty.fields.map(({ values }) => values)).toEqual([[], [], []])
    expect([empty.a, empty.both]).toEqual([{ count: 0, undated: 0 }, 0])
  })

  it('lays one stretch of time over another, from the beginning of each', async () => {
    const { bars } = await asking.ask({
      select: 'compare',
      a: filterOf('@timestamp:[2026-03-09 TO 2026-03-10]'),
      b: filterOf('@timestamp:[2026-04-01 TO 2026-04-02]'),
      by: [],
      limit: 1,
      bins: 4,
      times: {
        a: { from: '2026-03-09T00:00:00Z', to: '2026-03-11T00:00:00Z' },
        b: { from: '2026-04-01T00:00:00Z', to: '2026-04-03T00:00:00Z' }
      }
    })
    expect(bars).toEqual({
      width: 43_200_000,
      a: { start: Date.UTC(2026, 2, 9), counts: [3, 0, 0, 1] },
      b: { start: Date.UTC(2026, 3, 1), counts: [0, 2, 2, 0] }
    })
  })

  it('else puts both on one axis', async () => {
    const { bars } = await asking.ask({
      select: 'compare',
      a: filterOf('@timestamp:2026-03-09'),
      b: filterOf('@timestamp:2026-03'),
      by: [],
      limit: 1,
      bins: 21
    })
    expect(bars.width).toBe(86_400_000)
    expect(bars.a).toEqual({ start: Date.UTC(2026, 2, 9), counts: [3, ...Array(20).fill(0)] })
    expect(bars.b.counts).toEqual([3, 1, ...Array(18).fill(0), 2])
  })

  it('agrees with trying every event, whatever the two filters', async () => {
    const by = ['user.name', 'source.geo.country_name', 'change.fields', 'record.op'] as const
    await fc.assert(
      fc.asyncProperty(anyFilter, anyFilter, async (a, b) => {
        const sets = [shown(a), shown(b)] as const
        const found = await asking.ask({ select: 'compare', a, b, by, limit: 3 })
        expect([found.a.count, found.b.count]).toEqual(sets.map((set) => set.length))
        expect(found.both).toBe(sets[0].filter((entry) => sets[1].includes(entry)).length)
        for (const { field, values, rest, kinds } of found.fields) {
          const [inA, inB]: readonly [Tally, Tally] = [tally(sets[0], field), tally(sets[1], field)]
          for (const one of values)
            expect([one.a, one.b]).toEqual([inA.get(one.value as string) ?? 0, inB.get(one.value as string) ?? 0])
          const sum = (counts: Map<string | null, number>) => [...counts.values()].reduce((x, y) => x + y, 0)
          expect(values.reduce((all, one) => all + one.a, rest.a)).toBe(sum(inA))
          expect(values.reduce((all, one) => all + one.b, rest.b)).toBe(sum(inB))
          const all = new Set([...inA.keys(), ...inB.keys()])
          expect(values.length + rest.values).toBe(all.size)
          expect(kinds.new).toBe([...all].filter((value) => !inA.has(value)).length)
          expect(kinds.gone).toBe([...all].filter((value) => !inB.has(value)).length)
        }
        const dated = (set: readonly Entry[]) => set.filter(({ fields }) => fields['@timestamp'] !== undefined).length
        const barred = [found.bars.a, found.bars.b].map(({ counts }) => counts.reduce((x, y) => x + y, 0))
        expect(barred).toEqual(sets.map(dated))
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) }
    )
  })
})
