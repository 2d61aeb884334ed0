import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '../../src-main/contract/filter'
import { filterOf } from '../../src-main/contract/query-text'
import { filterSql } from '../../src-main/engine/query/filter-sql'
import { statement } from '../../src-main/engine/query/statement'
import { anyFilter } from './any-filter'
import { passes } from './brute-force'
import { entries, smallCase } from './small-case'

let instance: DuckDBInstance
let connection: DuckDBConnection
beforeAll(async () => {
  instance = await smallCase()
  connection = await instance.connect()
})
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

async function found(filter: Filter): Promise<number[]> {
  const { sql, values } = statement((bind) => `SELECT rowid FROM entry WHERE ${filterSql(filter, bind)} ORDER BY rowid`)
  const rows = await connection.runAndReadAll(sql, [...values])
  return rows.getRows().map(([row]) => Number(row))
}

describe('a filter as SQL', () => {
  it.each<[text: string, rows: number[]]>([
    ['user.name:alice', [0, 1, 9, 10, 13, 17]],
    ['user.name="Alice"', [1]],
    ['user.name=(bob or carol)', [2, 11]],
    ['user.name:résumé', [4, 5]],
    ['user.name:"acme\\svc_100%"', [3]],
    ['user.name:*_100%', [3]],
    ['user.name:a?ice', [0, 1, 9, 10, 13, 17]],
    ['user.name:"a?ice"', []],
    ["user.name:o'brien", [7]],
    ['-user.name:*', [14, 15]],
    ['-event.outcome:failure and event.action:login', [0, 2, 4, 5, 6, 8, 13, 17]],
    ['event.action:/^key\\./', [9, 10]],
    ['event.action:""', [16]],
    ['event.severity:[2 TO 4]', [9, 10]],
    ['event.severity:>2', [9]],
    ['http.response.status_code:5*', [10]],
    ['event.user_action:false', [10]],
    ['change.fields:role', [9, 10]],
    ['change.fields:(role and name)', [9]],
    ['labels:*team*', [9]],
    ['@timestamp:2026-03-09', [0, 1, 2, 13]],
    ['@timestamp:2026-03-09T10:15:00.000001Z', [2]],
    ['@timestamp="2026-03-10T23:59:59.999999Z"', [3]],
    ['@timestamp:<1970', [8]],
    ['-@timestamp:*', [11, 12, 14, 15]],
    ['last 1 days', [6, 7]],
    ['source.ip:10.0.0.0/8', [2, 3]],
    ['source.ip:10.0.0.0/9', [2]],
    ['source.ip:2001:4860::/32', [4, 5]],
    ['source.ip:2001:4860:4860::8888', [4, 5]],
    ['source.ip="2001:4860:4860::8888"', [4]],
    ['source.ip:::1', [8]],
    ['source.ip:[10.0.0.0 TO 10.0.0.255]', [2]],
    ['source.ip:10.*', [2, 3]],
    ['source.address:10.0.0.0/8', [10]],
    ['record.ip:81.2.69.0/24', [0, 1, 13, 17]],
    ['source.geo.country_iso_code:gb', [0, 1, 11, 13, 17]],
    ['source.geo.city_name:*', [0, 1, 4, 11, 13, 17]],
    ['source.geo.location:*', [0, 1, 4, 11, 13, 17]],
    ['source.geo.location:[-30,170 TO 0,-170]', [6]],
    ['source.geo.location:[30,-130 TO 60,10]', [0, 1, 4, 11, 13, 17]],
    ['record.key.id:KEY_1', [9, 10]],
    ['record.key.roles[1]:admin', [9]],
    ['record.key."odd key"."x.y":deep/down~', [9]],
    ['record.key.size:>=6', [10, 11]],
    ['record.key.size:5', [9]],
    ['record.n:*', []],
    ['record.who:carol', [11]],
    ['every sunday at 2 in Europe/Berlin', [6, 7]],
    ['every sunday at 3 in Europe/Berlin', [5]],
    ['every sunday at 1 in UTC', [5, 7]],
    ['wednesday', []],
    [
      'ALICE',
      [0, 1, 9, 10, 13, 16, 17]
        .filter((row) => row !== 9 && row !== 10)
        .concat(9, 10)
        .sort((a, b) => a - b)
    ],
    ['"key.create"', [9, 14]],
    ['ärger', [10]],
    ['"ärger \\"quoted\\""', [10]],
    ['"acme\\\\svc"', [3]],
    ['london', [0, 1, 11, 13, 17]],
    ['12345678901234567890', [9]],
    ['-*', []]
  ])('finds %s', async (text, rows) => {
    expect(await found(filterOf(text))).toEqual(rows)
  })

  it('finds what trying every event one by one finds, and runs for every filter there can be', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const expected = entries.flatMap((entry, row) => (passes(entry, filter) ? [row] : []))
        expect(await found(filter)).toEqual(expected)
      }),
      { numRuns: Number(process.env['RUNS'] ?? 400) }
    )
  })

  it('binds what a person wrote', () => {
    const { sql } = statement((bind) => filterSql(filterOf('user.name:"x\' OR 1=1" and "y\'--"'), bind))
    expect(sql).not.toMatch(/OR 1=1|y'--/)
  })

  it('refuses a field that no event has, from a filter saved long ago', () => {
    const filter = { kind: 'present', field: 'user.nmae" OR 1=1 --' } as unknown as Filter
    expect(() => filterSql(filter, () => '$1')).toThrow('No event has a field')
  })
})
