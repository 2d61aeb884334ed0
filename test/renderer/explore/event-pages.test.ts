import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import { AppError } from '../../../src-main/contract/errors'
import { everything, oneOf } from '../../../src-main/contract/filter'
import type { Answer, Query } from '../../../src-main/contract/query'
import type { Engine } from '../../../src-main/contract/rpc'
import { EventPages } from '../../../src-renderer/components/explore/event-pages.svelte'
import type { Listing } from '../../../src-renderer/components/explore/listing'
import type { Asker } from '../../../src-renderer/state/live-query.svelte'
import { inRoot, Live } from '../state/live.svelte'

interface Asked {
  readonly query: Query
  readonly ticket: string
  readonly answer: (answer: Answer) => void
  readonly fail: (error: Error) => void
}

const settle = () => vi.advanceTimersByTimeAsync(1)
const caseAt = (revision: number) => ({ folder: '/cases/a.spoor', revision }) as CaseState
const listing = (filter = everything): Listing => ({
  filter,
  fields: ['user.name'],
  sort: { field: '@timestamp', descending: true }
})

function table() {
  let asked: Asked[] = []
  const canceled: string[] = []
  const engine = {
    ask: (query: Query, ticket: string) =>
      new Promise<Answer>((answer, fail) => asked.push({ query, ticket, answer, fail })),
    cancel: async (ticket: string) => void canceled.push(ticket)
  } as unknown as Engine
  const app = new Live<Asker>({ engine, case: caseAt(1), importing: null, marks: { revision: 0 } })
  const wanted = new Live<{ it: Listing }>({ it: listing() })
  let pages!: EventPages
  const stop = inRoot(() => {
    pages = new EventPages(app.value, () => wanted.value.it)
  })
  flushSync()
  /** Answers whatever is asked, rows numbered by their place. */
  const answer = async (total: number) => {
    const now = asked
    asked = []
    for (const { query, answer } of now) {
      if (query.select === 'count') answer({ count: total, undated: 0 })
      else if (query.select === 'rows') {
        const first = query.offset ?? 0
        answer({ rows: Array.from({ length: Math.min(100, total - first) }, (_, at) => ({ _id: `e-${first + at}` })) })
      }
    }
    await settle()
  }
  const offsets = () => asked.flatMap(({ query }) => (query.select === 'rows' ? [query.offset] : []))
  return { pages, app, wanted, asked: () => asked, canceled, answer, offsets, stop }
}

describe('the events of a listing', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are shown when both their number and the first of them are there', async () => {
    const { pages, asked, answer, stop } = table()
    expect(asked().map(({ query }) => query.select)).toEqual(['count', 'rows'])
    expect(pages.total).toBeNull()
    asked()[0]?.answer({ count: 1_000_000, undated: 0 })
    await settle()
    expect(pages.total).toBeNull()
    await answer(1_000_000)
    expect([pages.total, pages.row(0)?._id, pages.row(99)?._id, pages.row(100)]).toEqual([
      1_000_000,
      'e-0',
      'e-99',
      undefined
    ])
    stop()
  })

  it('are fetched where they are looked at, never more than two stretches at once', async () => {
    const { pages, asked, answer, offsets, stop } = table()
    await answer(1_000_000)
    await answer(1_000_000)
    for (let row = 1000; row < 900_000; row += 5000) pages.look(row, row + 30)
    expect(offsets()).toEqual([1000, 6000])
    await answer(1_000_000)
    // Not what was passed meanwhile, but what is in sight now.
    expect(offsets()).toEqual([896_000])
    // Then its neighbours, one at a time.
    while (asked().length > 0) await answer(1_000_000)
    pages.look(899_950, 900_010)
    expect(offsets()).toEqual([899_900, 900_000])
    await answer(1_000_000)
    expect([pages.row(899_950)?._id, pages.row(900_009)?._id]).toEqual(['e-899950', 'e-900009'])
    expect(pages.indexOf('e-900009')).toBe(900_009)
    stop()
  })

  it('that were passed in a fling are no longer waited for once it comes to rest', async () => {
    const { pages, asked, answer, canceled, stop } = table()
    await answer(1_000_000)
    await answer(1_000_000)
    pages.look(10_000, 10_030)
    const passed = asked()[0]?.ticket
    pages.look(500_000, 500_030)
    expect(canceled).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(canceled).toEqual([passed])
    asked()[0]?.fail(new AppError('canceled', 'canceled'))
    await settle()
    expect(pages.error).toBeNull()
    stop()
  })

  it('are read ahead only once the rest of the page had time for its answers', async () => {
    const { answer, offsets, stop } = table()
    await answer(1000)
    expect(offsets()).toEqual([])
    await vi.advanceTimersByTimeAsync(400)
    expect(offsets()).toEqual([100])
    stop()
  })

  it('stay, marked stale, until those of the next filter are there; what comes late is dropped', async () => {
    const { pages, wanted, asked, answer, canceled, stop } = table()
    await answer(500)
    await vi.advanceTimersByTimeAsync(400)
    const late = asked()[0]
    wanted.set('it', listing(oneOf('user.name', 'alice')))
    flushSync()
    expect([pages.stale, pages.total, pages.row(0)?._id]).toEqual([true, 500, 'e-0'])
    expect(canceled).toContain(late?.ticket)
    late?.answer({ rows: [{ _id: 'late' }] })
    await answer(3)
    expect([pages.stale, pages.total, pages.row(2)?._id, pages.row(100)]).toEqual([false, 3, 'e-2', undefined])
    stop()
  })

  it('are asked again where the analyst is when the case has grown', async () => {
    const { pages, app, answer, offsets, stop } = table()
    await answer(1000)
    pages.look(400, 430)
    await answer(1000)
    await answer(1000)
    app.set('case', caseAt(2))
    flushSync()
    expect(pages.stale).toBe(false)
    expect(offsets()).toContain(400)
    await answer(1200)
    expect([pages.total, pages.row(401)?._id]).toEqual([1200, 'e-401'])
    stop()
  })

  it('say why they are not there, and come when asked once more', async () => {
    const { pages, asked, answer, stop } = table()
    asked()[1]?.fail(new Error('disk on fire'))
    await settle()
    expect(pages.error?.message).toBe('disk on fire')
    pages.retry()
    flushSync()
    await answer(5)
    expect([pages.error, pages.total]).toEqual([null, 5])
    stop()
  })

  it('are no longer waited for once the first are there, though more is being looked for', async () => {
    const { pages, asked, stop } = table()
    await vi.advanceTimersByTimeAsync(500)
    expect(pages.slow).toBe(true)
    const searched = { records: 10, of: 1000 }
    asked()[0]?.answer({ count: 1, undated: 0, searched })
    asked()[1]?.answer({ rows: [{ _id: 'e-0' }], searched })
    await vi.advanceTimersByTimeAsync(500)
    expect([pages.slow, pages.total, pages.searched]).toEqual([false, 1, searched])
    const more = asked().at(-1)
    expect(more?.query.select).toBe('count')
    more?.answer({ count: 2, undated: 0 })
    await settle()
    asked()
      .at(-1)
      ?.answer({ rows: [{ _id: 'e-0' }, { _id: 'e-1' }] })
    await settle()
    expect([pages.total, pages.row(1)?._id, pages.searched]).toEqual([2, 'e-1', null])
    stop()
  })

  it('stand in groups, each asked for when it is opened', async () => {
    const { pages, wanted, asked, answer, stop } = table()
    await answer(5)
    wanted.set('it', { ...listing(), group: 'user.name' })
    flushSync()
    expect(asked().map(({ query }) => query.select)).toEqual(['count', 'groups'])
    const [count, groups] = asked()
    const alice = { key: ['alice'], count: 4 }
    count?.answer({ count: 5, undated: 0 })
    groups?.answer({ groups: [alice, { key: [null], count: 1 }], rest: 0, distinct: 2 })
    await settle()
    expect([pages.lines, pages.groups, pages.line(0)?.kind, pages.row(0)]).toEqual([2, 2, 'group', undefined])
    pages.look(0, 10)
    pages.toggle(alice)
    const page = asked().at(-1)
    expect(page?.query).toMatchObject({ select: 'rows', filter: oneOf('user.name', 'alice'), offset: 0 })
    page?.answer({ rows: [{ _id: 'a-1' }, { _id: 'a-2' }, { _id: 'a-3' }, { _id: 'a-4' }], ruled: [null, 1, null, 0] })
    await settle()
    expect([pages.lines, pages.row(2)?._id, pages.rule(2), pages.indexOf('a-4'), pages.line(5)?.kind]).toEqual([
      6,
      'a-2',
      1,
      4,
      'group'
    ])
    stop()
  })

  it('stay where they are when other fields of them are shown', async () => {
    const { pages, wanted, answer, offsets, stop } = table()
    await answer(1000)
    pages.look(400, 430)
    await answer(1000)
    await answer(1000)
    const { order } = pages
    wanted.set('it', { ...listing(), fields: ['user.name', 'record.ip'] })
    flushSync()
    expect(offsets()).toContain(400)
    await answer(1000)
    expect([pages.order, pages.row(401)?._id]).toEqual([order, 'e-401'])
    stop()
  })
})
