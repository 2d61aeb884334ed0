import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { converted, outcomeOf } from '../../src-main/engine/normalise/conversions'

const connection = await (await DuckDBInstance.create(':memory:')).connect()
await connection.run("SET TimeZone = 'UTC'")

async function one(sql: (value: string) => string, text: string): Promise<unknown> {
  const answer = await connection.runAndReadAll(`SELECT CAST(${sql('v')} AS VARCHAR) FROM (SELECT $1 AS v)`, [text])
  return answer.getRowsJson()[0]?.[0]
}

it.each([
  ['1773049267', '2026-03-09 09:41:07'],
  ['1773049267120', '2026-03-09 09:41:07.12'],
  ['1773049267120345', '2026-03-09 09:41:07.120345'],
  ['1773049267120345678', '2026-03-09 09:41:07.120345'],
  ['177304926', null],
  ['-773049267', null],
  ['2026-03-09', '2026-03-09 00:00:00'],
  ['2026-03-09T10:41:07+01:00', '2026-03-09 09:41:07']
])('reads the time %s, a number by how many digits it has', async (text, time) => {
  expect(await one(converted.time, text)).toBe(time)
})

it.each([
  ['FRAUD', 'failure'],
  ['denied', 'failure'],
  ['PartiallySucceeded', 'failure'],
  ['SUCCESS', 'success'],
  ['pending', null]
])('knows the outcome %s', async (text, outcome) => {
  expect(await one(outcomeOf, text)).toBe(outcome)
})
