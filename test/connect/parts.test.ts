import { expect, it } from 'vitest'
import { Parts } from '../../src-main/engine/connect/parts'

const part = (number: number) => ({ name: `log-${number}.json`, stream: 'log', sha256: '', bytes: 9, events: 5 })

it('takes the parts behind one that fails, and tells of that one', async () => {
  const take = async ({ name }: { readonly name: string }) => {
    if (name === 'log-1.json') throw new RangeError('Invalid time value')
    return null
  }
  const parts = new Parts(take, {})
  for (const number of [1, 2, 3]) parts.take(part(number))
  await parts.taken
  expect(parts.refused).toEqual([{ path: 'log-1.json', message: 'Invalid time value' }])
  expect(parts.events).toBe(10)
  expect(parts.isTaking).toBe(false)
})
