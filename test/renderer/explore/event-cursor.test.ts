import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import { everything, oneOf } from '../../../src-main/contract/filter'
import type { Answer, Query } from '../../../src-main/contract/query'
import type { Engine } from '../../../src-main/contract/rpc'
import { EventCursor } from '../../../src-renderer/components/explore/event-cursor.svelte'
import { EventPages } from '../../../src-renderer/components/explore/event-pages.svelte'
import type { Listing } from '../../../src-renderer/components/explore/listing'
import { TableScroll } from '../../../src-renderer/components/explore/table-scroll.svelte'
import { App } from '../../../src-renderer/state/app.svelte'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'
import { inRoot, Live } from '../state/live.svelte'

interface Asked {
  readonly query: Query
  readonly ticket: string
  readonly answer: (answer: Answer) => void
}

const settle = (ms = 1) => vi.advanceTimersByTimeAsync(ms)
const listing = (filter = everything): Listing => ({
  filter,
  fields: ['user.name'],
  sort: { field: '@timestamp', descending: true }
})

/** A table of a thousand events, `e-0` to `e-999`, whose rows are answered at once, and what is looked for when the test says so. */
async function table() {
  const sought: Asked[] = []
  const canceled: string[] = []
  const rows = (offset: number, limit: number) =>
    Array.from({ length: Math.min(limit, 1000 - offset) }, (_, at) => ({ _id: `e-${offset + at}` }))
  const ask = (query: Query, ticket: string): Promise<Answer> => {
    if (query.select === 'count') return Promise.resolve({ count: 1000, undated: 0 })
    if (query.select === 'rows') return Promise.resolve({ rows: rows(query.offset ?? 0, query.limit) })
    return new Promise((answer) => sought.push({ query, ticket, answer }))
  }
  const engine = new Proxy({} as Engine, {
    get: (_, name) =>
      name === 'ask' ? ask : name === 'cancel' ? async (ticket: string) => void canceled.push(ticket) : async () => null
  })
  const app = new App(engine, { kind: 'browser' } as App['host'], new Preferences(null, { current: true }))
  await app.caseChanged({ name: 'a', folder: '/a.spoor', revision: 1 } as CaseState)
  const wanted = new Live<{ it: Listing }>({ it: listing() })
  let made!: { pages: EventPages; scroll: TableScroll; cursor: EventCursor }
  const stop = inRoot(() => {
    const pages: EventPages = new EventPages(app, () => wanted.value.it)
    const scroll = new TableScroll(
      () => pages.lines,
      () => 28
    )
    made = { pages, scroll, cursor: new EventCursor(app, pages, scroll, () => 28) }
  })
  flushSync()
  await settle()
  flushSync()
  return { ...made, app, wanted, sought, canceled, stop }
}

describe('the row that the keys act on', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('is that of the event shown in detail, wherever it stands', async () => {
    const { app, cursor, sought, stop } = await table()
    app.selection.selectedId = 'e-700'
    flushSync()
    await settle(200)
    expect(sought.map(({ query }) => query)).toMatchObject([{ select: 'locate', of: { event: 'e-700' } }])
    sought[0]?.answer({ at: 700 })
    await settle()
    expect(cursor.index).toBe(700)
    stop()
  })

  it('is looked for no longer when another event is, nor when the table is gone', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { app, cursor, sought, canceled, stop } = await table()
    for (const id of ['e-700', 'e-800']) {
      app.selection.selectedId = id
      flushSync()
      await settle(200)
    }
    expect(canceled).toEqual([sought[0]?.ticket])
    stop()
    expect(canceled).toEqual(sought.map(({ ticket }) => ticket))
    for (const { answer } of sought) answer({ at: 800 })
    await settle()
    expect([cursor.index, warned.mock.calls]).toEqual([null, []])
  })

  it('is not taken from the keys by what was looked for before they went on', async () => {
    const { app, cursor, sought, stop } = await table()
    app.selection.selectedId = 'e-700'
    flushSync()
    await settle(200)
    // To a row that is still on its way, so that the detail cannot follow yet.
    cursor.to(950)
    sought[0]?.answer({ at: 700 })
    await settle()
    expect(cursor.index).toBe(950)
    stop()
  })

  it('is gone through value by value, and left for the row as a whole', async () => {
    const { cursor, stop } = await table()
    cursor.to(3)
    const went = [() => cursor.right(3), () => cursor.right(3), () => cursor.right(3), () => cursor.right(3)].map(
      (go) => {
        go()
        return cursor.column
      }
    )
    cursor.by(1)
    expect([...went, cursor.index, cursor.column]).toEqual([0, 1, 2, 2, 4, 2])
    for (let turn = 0; turn < 4; turn++) cursor.left()
    expect(cursor.column).toBeNull()
    stop()
  })
})

describe('rows that are picked', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are none any more as soon as another listing is asked for: a mark would go on what stands there then', async () => {
    const { app, cursor, wanted, stop } = await table()
    cursor.to(2)
    cursor.pickBy(3)
    flushSync()
    expect(app.picked.count).toBe(4)
    wanted.set('it', listing(oneOf('user.name', 'alice')))
    flushSync()
    expect(app.picked.count).toBe(0)
    cursor.pick(5)
    expect(app.picked.count).toBe(0)
    await settle()
    flushSync()
    cursor.pick(5)
    expect(app.picked.runs).toEqual([{ from: 5, to: 6 }])
    stop()
  })

  it('stay when other columns of them are shown', async () => {
    const { app, cursor, wanted, stop } = await table()
    cursor.to(2)
    cursor.pickBy(3)
    wanted.set('it', { ...listing(), fields: ['user.name', 'record.ip'] })
    flushSync()
    await settle()
    flushSync()
    expect(app.picked.count).toBe(4)
    stop()
  })

  it('keeps to its event, and the rows in sight to their place, while events come in above', async () => {
    const { app, pages, scroll, cursor, sought, stop } = await table()
    scroll.moveTo(100 * 28)
    pages.look(100, 115)
    await settle()
    cursor.index = 104
    await app.caseChanged({ name: 'a', folder: '/a.spoor', revision: 2 } as CaseState)
    flushSync()
    await settle()
    expect(sought.at(-1)?.query).toMatchObject({ select: 'locate', of: { event: 'e-100' } })
    sought.at(-1)?.answer({ at: 112 })
    await settle()
    flushSync()
    expect([scroll.top, cursor.index, cursor.above]).toEqual([112 * 28, 116, 12])
    scroll.moveTo(5 * 28)
    flushSync()
    expect(cursor.above).toBe(5)
    scroll.moveTo(0)
    flushSync()
    expect(cursor.above).toBe(0)
    stop()
  })

  it('stays at the top where it is, so that new events are seen', async () => {
    const { app, scroll, cursor, sought, stop } = await table()
    cursor.index = 3
    await app.caseChanged({ name: 'a', folder: '/a.spoor', revision: 2 } as CaseState)
    flushSync()
    await settle()
    expect(sought.at(-1)?.query).toMatchObject({ select: 'locate', of: { event: 'e-3' } })
    sought.at(-1)?.answer({ at: 9 })
    await settle()
    flushSync()
    expect([scroll.top, cursor.index, cursor.above]).toEqual([0, 9, 0])
    stop()
  })
})
