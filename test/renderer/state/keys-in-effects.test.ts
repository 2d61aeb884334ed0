import { flushSync } from 'svelte'
import { expect, it } from 'vitest'
import { Keys, type Shortcut } from '../../../src-renderer/state/keys.svelte'
import { effect, inRoot, Live } from './live.svelte'

const shortcut = (title: string): Shortcut => ({ scope: 'Here', keys: [title], title, run: () => {} })

it('keeps what several parts of the window add, when all of them add anew at a time', () => {
  const keys = new Keys()
  const live = new Live({ taste: 1 })
  const leave = inRoot(() => {
    for (const name of ['a', 'b', 'c']) {
      effect(() => keys.add(shortcut(`${name}${live.value.taste}`)))
    }
  })
  flushSync()
  expect(keys.all.map(({ title }) => title)).toEqual(['a1', 'b1', 'c1'])
  live.set('taste', 2)
  flushSync()
  expect(keys.all.map(({ title }) => title).toSorted()).toEqual(['a2', 'b2', 'c2'])
  leave()
  expect(keys.all).toEqual([])
})
