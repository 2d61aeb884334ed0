import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import { AppError } from '../../../src-main/contract/errors'
import { everything, type Filter, oneOf } from '../../../src-main/contract/filter'
import type { Answer, Query } from '../../../src-main/contract/query'
import type { Engine } from '../../../src-main/contract/rpc'
import { type Asker, LiveQuery } from '../../../src-renderer/state/live-query.svelte'
import { inRoot, Live } from './live.svelte'

interface Asked {
  readonly query: Query
  readonly ticket: string
  readonly answer: (answer: Answer) => void
  readonly fail: (error: Error) => void
}

const counting = (filter: Filter) => ({ select: 'count', filter }) as const
const answer = (count: number): Answer => ({ count, undated: 0 })
const caseAt = (revision: number) => ({ folder: '/cases/a.spoor', revision }) as CaseState

/** An engine whose answers the test gives when it wants to. */
function slowEngine() {
  const asked: Asked[] = []
  const canceled: string[] = []
  const engine = {
    ask: (query: Query, ticket: string) =>
      new Promise<Answer>((answer, fail) => asked.push({ query, ticket, answer, fail })),
    cancel: async (ticket: string) => void canceled.push(ticket)
  } as unknown as Engine
  return { engine, asked, canceled }
}

const settle = () => vi.advanceTimersByTimeAsync(1)

describe('a live query', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function live(query: () => Query | null, revision = 1) {
    const { engine, asked, canceled } = slowEngine()
    const app = new Live<Asker>({ engine, case: caseAt(revision), importing: null, marks: { revision: 0 } })
    let result!: LiveQuery<Query>
    const stop = inRoot(() => {
      result = new LiveQuery(app.value, query)
    })
    flushSync()
    return { app, asked, canceled, result, stop }
  }

  it('keeps the old answer, marked stale, until the new one is there', async () => {
    const filter = new Live<{ it: Filter }>({ it: everything })
    const { asked, result, stop } = live(() => counting(filter.value.it))
    await settle()
    expect(result.loading).toBe(true)
    asked[0]?.answer(answer(10))
    await settle()
    expect([result.answer, result.stale, result.loading]).toEqual([{ count: 10, undated: 0 }, false, false])
    filter.set('it', oneOf('user.name', 'alice'))
    await settle()
    expect([result.answer, result.stale, result.loading]).toEqual([{ count: 10, undated: 0 }, true, true])
    asked[1]?.answer(answer(3))
    await settle()
    expect([result.answer, result.stale]).toEqual([{ count: 3, undated: 0 }, false])
    stop()
  })

  it('cancels what is superseded and drops its answer, even when it comes last', async () => {
    const filter = new Live<{ it: Filter }>({ it: everything })
    const { asked, canceled, result, stop } = live(() => counting(filter.value.it))
    await settle()
    filter.set('it', oneOf('user.name', 'alice'))
    await settle()
    expect(canceled).toEqual([asked[0]?.ticket])
    asked[1]?.answer(answer(3))
    asked[0]?.answer(answer(10))
    await settle()
    expect(result.answer).toEqual({ count: 3, undated: 0 })
    stop()
  })

  it('does not ask again for an equal query made anew', async () => {
    const filter = new Live<{ it: Filter }>({ it: oneOf('user.name', 'alice') })
    const { asked, stop } = live(() => counting(filter.value.it))
    await settle()
    filter.set('it', oneOf('user.name', 'alice'))
    await settle()
    expect(asked.length).toBe(1)
    stop()
  })

  it('asks again when the case has grown, without calling the old answer stale', async () => {
    const { app, asked, result, stop } = live(() => counting(everything))
    await settle()
    asked[0]?.answer(answer(10))
    await settle()
    app.set('case', caseAt(2))
    await settle()
    expect(asked.length).toBe(2)
    expect(result.stale).toBe(false)
    stop()
  })

  it('lets an answer finish while an import goes on, and asks at most every two seconds', async () => {
    const { app, asked, canceled, result, stop } = live(() => counting(everything))
    app.set('importing', { phase: 'sending', name: 'a', bytes: 0, totalBytes: 1 })
    await settle()
    for (let revision = 2; revision < 12; revision++) {
      app.set('case', caseAt(revision))
      await vi.advanceTimersByTimeAsync(100)
    }
    expect([asked.length, canceled.length]).toEqual([1, 0])
    asked[0]?.answer(answer(10))
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked.length).toBe(2)
    expect(result.answer).toEqual({ count: 10, undated: 0 })
    stop()
  })

  it('says it is slow only after a moment', async () => {
    const { asked, result, stop } = live(() => counting(everything))
    await vi.advanceTimersByTimeAsync(399)
    expect(result.slow).toBe(false)
    await vi.advanceTimersByTimeAsync(2)
    expect(result.slow).toBe(true)
    asked[0]?.answer(answer(1))
    await settle()
    expect(result.slow).toBe(false)
    stop()
  })

  it('shows an error, keeps the answer before it, and asks again when told to', async () => {
    const { asked, result, stop } = live(() => counting(everything))
    await settle()
    asked[0]?.fail(new AppError('field_unknown', 'There is no field user.nmae.'))
    await settle()
    expect(result.error?.message).toBe('There is no field user.nmae.')
    result.retry()
    await settle()
    expect(result.error).toBe(null)
    asked[1]?.answer(answer(1))
    await settle()
    expect(result.answer).toEqual({ count: 1, undated: 0 })
    stop()
  })

  it('never shows a cancel as a failure', async () => {
    const { asked, result, stop } = live(() => counting(everything))
    await settle()
    asked[0]?.fail(new AppError('canceled', 'Canceled.'))
    await settle()
    expect([result.error, result.loading]).toEqual([null, false])
    stop()
  })

  it('asks nothing without a query, and cancels when its view is gone', async () => {
    const idle = live(() => null)
    await settle()
    expect(idle.asked.length).toBe(0)
    idle.stop()
    const { asked, canceled, stop } = live(() => counting(everything))
    await settle()
    stop()
    expect(canceled).toEqual([asked[0]?.ticket])
  })
})
