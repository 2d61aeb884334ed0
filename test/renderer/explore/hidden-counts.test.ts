import { flushSync } from 'svelte'
import { expect, it } from 'vitest'
import { everything } from '../../../src-main/contract/filter'
import type { Query } from '../../../src-main/contract/query'
import type { Engine } from '../../../src-main/contract/rpc'
import type { Part } from '../../../src-renderer/components/explore/hidden-by'
import { HiddenCounts } from '../../../src-renderer/components/explore/hidden-counts.svelte'
import { inRoot, Live } from '../state/live.svelte'

const part = (title: string): Part => ({ title, filter: everything, without: everything, clear: () => {} })
const soon = () => new Promise((done) => setTimeout(done, 1))

/** What is counted, each answered when the test says how many. */
function counting(parts: Live<{ it: readonly Part[] | null }>) {
  const asked: { readonly ticket: string; readonly answer: (count: number) => void }[] = []
  const canceled: string[] = []
  const engine = {
    ask: (_: Query, ticket: string) =>
      new Promise((answer) => asked.push({ ticket, answer: (count) => answer({ count, undated: 0 }) })),
    cancel: async (ticket: string) => void canceled.push(ticket)
  } as unknown as Engine
  let counts!: HiddenCounts
  const stop = inRoot(() => {
    counts = new HiddenCounts({ engine }, () => parts.value.it)
  })
  flushSync()
  return { counts, asked, canceled, stop }
}

it('the parts without which there would be events are told with how many, once all are counted', async () => {
  const { counts, asked, stop } = counting(new Live({ it: [part('The time range'), part('The search text')] }))
  asked[0]?.answer(12_400)
  await soon()
  expect(counts.by).toBeNull()
  asked[1]?.answer(0)
  await soon()
  expect(counts.by?.map(({ title, count }) => [title, count])).toEqual([['The time range', 12_400]])
  stop()
})

it('what is counted for a filter that is no longer asked for is cancelled, and when nothing shows it', async () => {
  const parts = new Live<{ it: readonly Part[] | null }>({ it: [part('a'), part('b')] })
  const { counts, asked, canceled, stop } = counting(parts)
  parts.set('it', [part('c')])
  flushSync()
  expect(canceled).toEqual(asked.slice(0, 2).map(({ ticket }) => ticket))
  asked[0]?.answer(1)
  asked[1]?.answer(1)
  await soon()
  expect(counts.by).toBeNull()
  stop()
  expect(canceled).toEqual(asked.map(({ ticket }) => ticket))
})

it('nothing is counted while it is not known whether there are none', () => {
  const { asked, stop } = counting(new Live<{ it: readonly Part[] | null }>({ it: null }))
  expect(asked).toEqual([])
  stop()
})
