import fc from 'fast-check'
import { expect, it } from 'vitest'
import { everything, not } from '../../src-main/contract/filter'
import { filterOf } from '../../src-main/contract/query-text'
import { Asking } from '../../src-main/engine/query/run'
import { anyFilter } from './any-filter'
import { passes } from './brute-force'
import { entries, smallCase } from './small-case'

it('tells of one event which filters it passes', async () => {
  const instance = await smallCase()
  const asking = new Asking(instance, 1)
  const row = entries.findIndex((entry) => entry.fields['event.action'] === 'key.create')
  const filters = [everything, filterOf('user.name:alice'), not(filterOf('user.name:alice')), filterOf('key_1 -delete')]
  expect(await asking.passes(row, filters)).toEqual([true, true, false, true])
  expect(await asking.passes(row, [])).toEqual([])
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFilter, { minLength: 1, maxLength: 3 }),
      fc.nat(entries.length - 1),
      async (any, at) => {
        const entry = entries[at]
        if (entry) expect(await asking.passes(at, any)).toEqual(any.map((filter) => passes(entry, filter)))
      }
    ),
    { numRuns: 40 }
  )
  await asking.close()
  instance.closeSync()
})
