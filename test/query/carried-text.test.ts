import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allOf, type Filter } from '../../src-main/contract/filter'
import { filterOf, printFilter } from '../../src-main/contract/query-text'
import { anyFilter } from './any-filter'
import { openSmallCase } from './small-case'

const { asking } = await openSmallCase()

const rows = async (filter: Filter) =>
  (await asking.ask({ select: 'rows', filter, fields: [], limit: 100 })).rows.map(({ _id }) => _id)

it('a filter carried elsewhere as text finds the same events, whatever it is and whatever zone is shown there', async () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns')
  await fc.assert(
    fc.asyncProperty(anyFilter, anyFilter, zones, async (one, other, zone) => {
      const filter = allOf(one, other)
      const text = printFilter(filter, { absolute: true })
      expect(await rows(filterOf(text, { zone })), text).toEqual(await rows(filter))
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) }
  )
})
