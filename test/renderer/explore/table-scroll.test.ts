import { flushSync } from 'svelte'
import { expect, it } from 'vitest'
import { TableScroll } from '../../../src-renderer/components/explore/table-scroll.svelte'
import { inRoot, Live } from '../state/live.svelte'

it('rows that become lower or taller stay where they are', () => {
  const row = new Live({ height: 28 })
  let scroll!: TableScroll
  const stop = inRoot(() => {
    scroll = new TableScroll(
      () => 10_000_000,
      () => row.value.height
    )
  })
  flushSync()
  scroll.moveTo(28 * 5_000_000)
  scroll.height = 680
  expect(scroll.page).toBe(23)
  row.set('height', 24)
  flushSync()
  expect(scroll.page).toBe(27)
  expect([scroll.top / 24, scroll.sight.first]).toEqual([5_000_000, 4_999_998])
  row.set('height', 34)
  flushSync()
  expect(scroll.top / 34).toBe(5_000_000)
  stop()
})
