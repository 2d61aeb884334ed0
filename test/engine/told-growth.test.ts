import { expect, it } from 'vitest'
import type { LedgerLine } from '../../src-main/contract/evidence'
import { ToldGrowth } from '../../src-main/engine/import/told-growth'

const line = (records: number, more: object = {}) => ({ records, ...more }) as LedgerLine

/** What is told of an import: each telling takes until it is ended. */
function told() {
  const ends: (() => void)[] = []
  const growth = new ToldGrowth(() => new Promise((resolve) => ends.push(resolve)))
  const end = async () => {
    ends.at(-1)?.()
    await new Promise((next) => setImmediate(next))
  }
  return { growth, end, times: () => ends.length }
}

it('tells of what has come at first, and then only when it is much more', async () => {
  const { growth, end, times } = told()
  growth.come(20_000)
  await end()
  growth.come(25_000)
  expect(times()).toBe(1)
  growth.come(27_000)
  expect(times()).toBe(2)
})

it('tells, once it has told, of what came meanwhile', async () => {
  const { growth, end, times } = told()
  growth.whole([line(10)])
  growth.come(20_000)
  expect(times()).toBe(1)
  await end()
  expect(times()).toBe(2)
})

it('tells that a file is in which was shown as coming, and of others only with many more', async () => {
  const { growth, end, times } = told()
  growth.come(20_000)
  await end()
  growth.whole([line(20_000)])
  expect(times()).toBe(2)
  await end()
  growth.whole([line(3000)])
  expect(times()).toBe(2)
  growth.whole([line(4000)])
  expect(times()).toBe(3)
})

it('says nothing of files that the case had already', async () => {
  const { growth, times } = told()
  growth.whole([line(500, { already: true })])
  expect(times()).toBe(0)
})
