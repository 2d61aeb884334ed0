import { expect, it } from 'vitest'
import type { AppError } from '../../src-main/contract/errors'
import { openSmallCase } from './small-case'

const { asking } = await openSmallCase()

const long = `'${'a'.repeat(200)}'`

it.each([
  ['SELEC 1', 'SELEC', undefined],
  ['SELECT 1 FROM event WHER x', 'x', undefined],
  ["SELECT 'é' FROM event WHER x", 'x', undefined],
  ['EXPLAIN ANALYZE SELECT 1 FROM event WHER x', 'x', undefined],
  ['SELECT nope FROM event', 'nope', undefined],
  ['SELECT "user.nmae" FROM event', '"user.nmae"', '"user.name"'],
  ['SELECT 1,\n  2,\n  "user.nmae"\nFROM event', '"user.nmae"', '"user.name"'],
  [`SELECT ${long}, "user.nmae", ${long} FROM event`, '"user.nmae"', '"user.name"'],
  ["SELECT 'größe', 'é', \"user.nmae\" FROM event", '"user.nmae"', '"user.name"'],
  ['SELECT count(*) FROM evnt', 'evnt', 'event'],
  ["SELECT lenght('x')", 'lenght', 'length'],
  ['SELECT user.name FROM event', 'user.name', '"user.name"'],
  ['SELECT count(*) FROM event WHERE event.action = 1', 'event.action', '"event.action"'],
  ['SELECT user.na FROM event', 'user.na', '"user.name"'],
  ['SELECT max(@timestamp) FROM event', '@timestamp', '"@timestamp"']
])('says where %s goes wrong', async (sql, wrong, suggestion) => {
  const error: AppError = await asking.sql(sql, 10).then(
    () => expect.fail('it ran'),
    (reason) => reason
  )
  expect(error.code).toBe('sql_refused')
  const { from = -1, to = -1 } = error.detail
  expect(sql.slice(from, to)).toBe(wrong)
  if (suggestion !== undefined) expect(error.detail.suggestion).toBe(suggestion)
})
