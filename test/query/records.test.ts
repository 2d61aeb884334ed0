import { describe, expect, it } from 'vitest'
import { everything } from '../../src-main/contract/filter'
import { filterOf } from '../../src-main/contract/query-text'
import { filterSql } from '../../src-main/engine/query/filter-sql'
import { statement } from '../../src-main/engine/query/statement'
import { idOf, openSmallCase } from './small-case'

const { asking, instance } = await openSmallCase()

const found = async (text: string) =>
  (await asking.ask({ select: 'rows', filter: filterOf(text), fields: [], limit: 100 })).rows
    .map(({ _id }) => _id)
    .sort()
const ids = (...rows: readonly number[]) => rows.map(idOf).sort()

describe('anything in a record', () => {
  it.each([
    ['record.key.id:KEY_1', [9, 10]],
    ['record.key.id=KEY_1', []],
    ['record.key."odd key"."x.y":deep/down~', [9]],
    ['record.key.size:5', [9]],
    ['record.key.size:[5 TO 7]', [9, 11]],
    ['record.key.size:>7', [10]],
    ['record.big:12345678901234567890', [9]],
    ['record.ok:false', [1, 3, 7]],
    ['record.key.roles:admin', [9]],
    ['record.key.roles:(admin and viewer)', [9]],
    ['record.key.roles:adm*', [9]],
    ['record.key.roles[0]:viewer', [9]],
    ['record.key.roles[1]:viewer', []],
    ['record.key.roles[*]=admin', [9]],
    ['record.key.*:key_1', [9, 10]],
    ['record.*.id:key_1', [9, 10]],
    ['record.*.name:bob', [2]],
    ['record.n:null', [10]],
    ['record.n:*', []],
    ['-record.n:* and record.op:key.delete', [10]],
    ['record.who:carol', [11]],
    ['record.note:/ärger/', [10]],
    ['record.note=/ärger/', []]
  ] as const)('%s', async (text, rows) => {
    expect(await found(text)).toEqual(ids(...rows))
  })

  it('can be a column, a thing to sort by and to count by, also where its path leaves open which', async () => {
    const filter = filterOf('record.key.id:*')
    const fields = ['record.key.roles[*]', 'record.*.id'] as const
    const { rows } = await asking.ask({
      select: 'rows',
      filter,
      fields,
      limit: 5,
      sort: { field: fields[1], descending: true }
    })
    expect(rows).toEqual([
      { _id: idOf(10), 'record.*.id': ['key_1'] },
      { _id: idOf(9), 'record.key.roles[*]': ['viewer', 'admin'], 'record.*.id': ['key_1'] }
    ])
    expect(
      (await asking.ask({ select: 'groups', filter: everything, by: ['record.*.name'], limit: 1 })).groups
    ).toEqual([{ key: [null], count: 5 }])
  })

  it('is offered by the paths that records have, with what stands there', async () => {
    const offered = async (text: string) => (await asking.recordPaths(text, 3)).paths
    expect(await offered('record.key.i')).toEqual([{ field: 'record.key.id', count: 2, examples: ['key_1'] }])
    expect(await offered('ROLE')).toEqual([{ field: 'record.key.roles', count: 1, examples: ['viewer', 'admin'] }])
    expect((await offered('record."odd'))[0]?.field).toBe('record.key."odd key"."x.y"')
    expect((await offered('odd'))[0]?.field).toBe('record.key."odd key"."x.y"')
    expect((await offered('record.')).map(({ field }) => field)).toEqual(['record.op', 'record.who', 'record.ip'])
    expect((await asking.recordPaths('', 1)).looked).toBe(14)
  })

  it('is offered by the values that records have at a path', async () => {
    expect(await asking.recordValues('record.op', 'key', 5)).toEqual({
      looked: 14,
      values: [
        { value: 'key.create', count: 1 },
        { value: 'key.delete', count: 1 }
      ]
    })
    expect((await asking.recordValues('record.key.roles', 'ad', 5)).values).toEqual([{ value: 'admin', count: 1 }])
    for (const field of ['record.key.roles[0]', 'record.key.roles[*]'] as const)
      expect((await asking.recordValues(field, 'ad', 5)).values).toEqual([{ value: 'admin', count: 1 }])
    expect((await asking.recordValues('record.nope', '', 5)).values).toEqual([])
  })
})

it('is found also where a record writes its letters as \\u', async () => {
  const connection = await instance.connect()
  const records = [
    '{"user":{"name":"Alice"}}',
    '{"us\\u0065r":{"n\\u0061me":"\\u0041lice"}}',
    '{"user":{"name":"bob"},"note":"Alice"}',
    '{"user":{"nick":"Alice"}}'
  ]
  const finds = async (text: string) => {
    const { sql, values } = statement(
      (
        bind
      ) => `SELECT raw FROM (SELECT unnest(from_json(${bind(JSON.stringify(records))}, '["VARCHAR"]')) AS raw, NULL AS document) entry
        WHERE ${filterSql(filterOf(text), bind)}`
    )
    return (await connection.runAndReadAll(sql, [...values])).getRows().map(([raw]) => records.indexOf(String(raw)))
  }
  expect(await finds('record.user.name:alice')).toEqual([0, 1])
  expect(await finds('record.user.name=Alice')).toEqual([0, 1])
  expect(await finds('record.user.name:*')).toEqual([0, 1, 2])
  expect(await finds('-record.user.name:alice')).toEqual([2, 3])
  connection.closeSync()
})
