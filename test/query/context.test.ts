import { describe, expect, it } from 'vitest'
import type { Around } from '../../src-main/contract/context'
import { everything, type Filter, oneOf } from '../../src-main/contract/filter'
import { filterOf } from '../../src-main/contract/query-text'
import { passes } from './brute-force'
import { entries, idOf, openSmallCase } from './small-case'

const { asking } = await openSmallCase()

/** The shown events of the small case, by their index, in the order of time; the last two have none. */
const inTime = [8, 0, 1, 2, 3, 4, 5, 9, 10, 16, 17, 6, 7, 11, 12]

describe('the context of an event', () => {
  const around = async (index: number, asked: Partial<Around> = {}) => {
    const answer = await asking.ask({
      select: 'context',
      event: idOf(index),
      within: '1h',
      filter: everything,
      fields: ['user.name'],
      limit: 10,
      ...asked
    })
    return { ...answer, ids: answer.rows.map(({ event }) => event._id) }
  }

  it('is what happened as near in time, oldest first, from all files', async () => {
    const { ids, at, before, after, by } = await around(1)
    expect({ ids, at, before, after, by }).toEqual({
      ids: [0, 1, 2].map(idOf),
      at: 1,
      before: 1,
      after: 1,
      by: 'time'
    })
    expect((await around(16)).ids).toEqual([16, 17].map(idOf))
  })

  it('reaches as far as asked, to the millisecond, and says from when to when', async () => {
    const { from, to, ids } = await around(9, { within: '1h' })
    expect([from, to]).toEqual(['2026-04-01T11:00:00.000Z', '2026-04-01T13:00:00.001Z'])
    expect(ids).toEqual([9, 10].map(idOf))
    expect((await around(9, { within: '30m' })).ids).toEqual([idOf(9)])
  })

  it('tells the events of the search from the others', async () => {
    const { rows } = await around(1, { filter: filterOf('user.name=alice') })
    // Words, too, without looking for them in all that the case holds.
    const words = await asking.ask(
      { select: 'context', event: idOf(1), within: '1h', filter: filterOf('alice'), fields: [], limit: 20 },
      undefined,
      'now'
    )
    expect(words.rows.filter(({ found }) => found).map(({ event }) => event._id)).toContain(idOf(1))
    expect(words.searched).toBeUndefined()
    expect(rows.map(({ found }) => found)).toEqual([true, false, false])
  })

  it('counts all of them where only the nearest are shown', async () => {
    const { ids, at, before, after } = await around(1, { limit: 0 })
    expect({ ids, at, before, after }).toEqual({ ids: [idOf(1)], at: 0, before: 1, after: 1 })
  })

  it('is that of its file for an event without a time', async () => {
    const { ids, at, by, before, after, from } = await around(11)
    expect(by).toBe('file')
    expect(from).toBeUndefined()
    expect(ids).toEqual([9, 10, 11, 12, 16, 17].map(idOf))
    expect([at, before, after]).toEqual([2, 2, 3])
    expect((await around(11, { limit: 1 })).ids).toEqual([10, 11, 12].map(idOf))
  })

  it('has a duplicate in it only where it is asked for itself', async () => {
    const { ids, at } = await around(13)
    expect(ids).toEqual([0, 1, 13, 2].map(idOf))
    expect(at).toBe(2)
  })

  it('is asked in vain for an event that is not there', async () => {
    await expect(
      asking.ask({ select: 'context', event: 'ffff-1', within: '1m', filter: everything, fields: [], limit: 1 })
    ).rejects.toThrow('There is no event ffff-1 in this case.')
    await expect(asking.ask({ select: 'step', event: 'x', filter: everything, forward: true })).rejects.toThrow(
      'There is no event x in this case.'
    )
  })
})

describe('a step', () => {
  const step = (index: number | undefined, filter: Filter, forward: boolean) =>
    asking
      .ask({ select: 'step', ...(index === undefined ? {} : { event: idOf(index) }), filter, forward })
      .then(({ event }) => event)

  it('leads through all events in time and back, those of one instant in the order of their files, undated ones last', async () => {
    for (const forward of [true, false]) {
      const order = forward ? inTime : inTime.toReversed()
      expect(await step(undefined, everything, forward)).toBe(idOf(order[0] as number))
      for (const [at, index] of order.entries()) {
        const next = order[at + 1]
        expect(await step(index, everything, forward)).toBe(next === undefined ? null : idOf(next))
      }
    }
  })

  it.each([
    ['the same user', oneOf('user.name', 'alice')],
    ['an address', oneOf('source.ip', '81.2.69.142')],
    ['failures', filterOf('event.outcome:failure')],
    ['what has no time', filterOf('-@timestamp:*')]
  ])('leads from any event to the next of %s', async (_, filter) => {
    for (const [at, index] of inTime.entries()) {
      const [after] = inTime.slice(at + 1).filter((each) => passes(entries[each] as never, filter))
      const [before] = inTime
        .slice(0, at)
        .toReversed()
        .filter((each) => passes(entries[each] as never, filter))
      expect(await step(index, filter, true)).toBe(after === undefined ? null : idOf(after))
      expect(await step(index, filter, false)).toBe(before === undefined ? null : idOf(before))
    }
  })
})

describe('the position of an event', () => {
  it('counts those before it and all that pass', async () => {
    const { positions } = await asking.ask({
      select: 'positions',
      event: idOf(10),
      of: [oneOf('user.name', 'alice'), everything, filterOf('user.name=bob')]
    })
    expect(positions).toEqual([
      { before: 2, total: 4, among: true },
      { before: 8, total: 15, among: true },
      { before: 1, total: 1, among: false }
    ])
  })

  it('is after all that have a time where it has none itself', async () => {
    const { positions } = await asking.ask({ select: 'positions', event: idOf(12), of: [everything] })
    expect(positions).toEqual([{ before: 14, total: 15, among: true }])
  })
})
