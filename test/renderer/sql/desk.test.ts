import { expect, it } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import type { Engine } from '../../../src-main/contract/rpc'
import type { SqlResult } from '../../../src-main/contract/sql-result'
import { SqlDesk } from '../../../src-renderer/state/sql-desk.svelte'

const rowsOf = (limit: number, all: number): SqlResult => ({
  columns: [{ name: 'n', type: 'BIGINT' }],
  rows: Array.from({ length: Math.min(limit, all) }, (_, at) => [at]),
  more: all > limit,
  seconds: 0.02
})

function desk(sql: (text: string, limit: number, ticket: string) => Promise<SqlResult>) {
  const canceled: string[] = []
  const remembered: string[] = []
  const made = new SqlDesk({
    engine: { sql, cancel: async (ticket: string) => void canceled.push(ticket) } as unknown as Engine,
    preferences: { rememberStatement: (text: string) => void remembered.push(text) } as never
  })
  return { made, canceled, remembered }
}

it('shows the first rows, and more of them when asked, until all are there', async () => {
  const limits: number[] = []
  const { made, remembered } = desk(async (_, limit) => {
    limits.push(limit)
    return rowsOf(limit, 12_000)
  })
  await made.run()
  expect([made.result?.rows.length, made.nextLimit]).toEqual([1000, 10_000])
  // What is written meanwhile is not what ran.
  made.text = 'SELECT 2'
  await made.more()
  await made.more()
  expect([made.result?.rows.length, made.nextLimit]).toEqual([12_000, undefined])
  expect(limits).toEqual([1000, 10_000, 100_000])
  expect(remembered[0]).toContain('FROM event')
})

it('asks nothing where nothing is written', async () => {
  const asked: string[] = []
  const { made } = desk(async (text) => {
    asked.push(text)
    return rowsOf(1, 1)
  })
  made.text = ' \n'
  await made.run()
  await made.explain()
  expect([asked, made.running]).toEqual([[], null])
})

it('goes on at once when it is cancelled, and takes no late answer', async () => {
  let answer = (_: SqlResult) => {}
  const { made, canceled } = desk(() => new Promise((done) => (answer = done)))
  const running = made.run()
  expect(made.running).toBe('rows')
  made.cancel()
  expect([made.running, made.canceled, canceled.length]).toEqual([null, true, 1])
  answer(rowsOf(10, 10))
  await running
  expect(made.result).toBeNull()
})

it('says where a marked part goes wrong by its place in the whole', async () => {
  const { made } = desk(async () => {
    throw new AppError('sql_refused', 'Binder Error: no such column\n\nLINE 1: SELECT x\n               ^', {
      from: 7,
      to: 8,
      suggestion: 'y'
    })
  })
  made.text = '-- a line before\nSELECT x'
  await made.run({ text: 'SELECT x', from: 17 })
  expect(made.problem).toEqual({ message: 'no such column', from: 24, to: 25, suggestion: 'y' })
  expect(made.error).toBeNull()
})

it('asks for the plan of a statement, with faults where they stand in it', async () => {
  const asked: string[] = []
  const plan = {
    children: [
      {
        operator_name: 'EXPLAIN_ANALYZE',
        children: [
          {
            operator_name: 'HASH_GROUP_BY ',
            operator_timing: 0.002,
            operator_cardinality: 7,
            extra_info: { Groups: ['#0', '#1'], Aggregates: 'count_star()', 'Estimated Cardinality': '9' },
            children: [
              {
                operator_name: 'SEQ_SCAN',
                operator_timing: 0.5,
                operator_cardinality: 900,
                extra_info: {},
                children: []
              }
            ]
          }
        ]
      }
    ]
  }
  const { made } = desk(async (text) => {
    asked.push(text)
    if (text.includes('nope')) throw new AppError('sql_refused', 'No nope.', { from: 38, to: 42 })
    return { ...rowsOf(0, 0), rows: [['analyzed_plan', JSON.stringify(plan)]] }
  })
  made.text = 'EXPLAIN ANALYZE SELECT 1'
  await made.explain()
  expect(asked).toEqual(['EXPLAIN (ANALYZE, FORMAT json) SELECT 1'])
  expect(made.plan).toEqual({
    title: 'Hash group by',
    details: ['Groups: #0, #1', 'Aggregates: count_star()'],
    rows: 7,
    ms: 2,
    children: [{ title: 'Seq scan', details: [], rows: 900, ms: 500, children: [] }]
  })
  made.text = 'SELECT nope'
  await made.explain()
  expect(made.problem).toMatchObject({ from: 7, to: 11 })
})
