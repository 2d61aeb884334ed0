import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allOf, type Filter, not, oneOf } from '../../src-main/contract/filter'
import { Asking } from '../../src-main/engine/query/run'
import { fieldsBesideRecords, wordFields } from '../../src-main/engine/query/words-fields'
import { wordsPattern } from '../../src-main/engine/query/words-pattern'
import { tables, views } from '../../src-main/engine/store/schema'

const words = (text: string): Filter => ({ kind: 'words', text })

/** 300,000 events, one a second; every third is by alice, every thousandth is rare. They were logged in two files, the later one first. */
const rows = 300_000
const fill = (from: number, to: number) => `INSERT INTO entry (evidence, status, shown, "@timestamp", "user.name", raw)
  SELECT 1, 'event', true, make_timestamp((1772000000 + i) * 1000000), CASE WHEN i % 3 = 0 THEN 'alice' ELSE 'bob' END,
    json_object('n', i, 'who', CASE WHEN i % 3 = 0 THEN 'Alice' ELSE 'bob' END, 'what', CASE WHEN i % 1000 = 7 THEN 'Needle ' || i ELSE 'hay' END)
  FROM range(${from}, ${to}) r(i)`

let folder: string
let instance: DuckDBInstance
let asking: Asking
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'words-'))
  instance = await DuckDBInstance.create(join(folder, 'case.duckdb'))
  const writer = await instance.connect()
  await writer.run(`${tables} ${views} ${fill(rows / 2, rows)}; ${fill(0, rows / 2)};
    INSERT INTO evidence SELECT 1, repeat('a', 64), 'a', 'a', 'a', 0, '', '', '', '[]', 0, ${rows}, '{}'`)
  writer.closeSync()
  asking = new Asking(instance)
})
afterAll(async () => {
  await asking.close()
  instance.closeSync()
  rmSync(folder, { recursive: true })
})

const count = async (filter: Filter) => (await asking.ask({ select: 'count', filter })).count

describe('words in records', () => {
  it('are found whatever their case, in any place of the record', async () => {
    expect(await count(words('alice'))).toBe(100_000)
    expect(await count(words('needle'))).toBe(300)
    expect(await count(words('needle 1007'))).toBe(1)
    expect(await count(words('nowhere'))).toBe(0)
  })
  it('combine with what else is asked for, and with each other', async () => {
    expect(await count(allOf(words('needle'), words('alice')))).toBe(100)
    expect(await count(allOf(words('needle'), not(words('alice'))))).toBe(200)
    expect(await count({ kind: 'or', of: [words('needle'), words('alice')] })).toBe(100_200)
    expect(await count(not({ kind: 'or', of: [words('needle'), words('alice')] }))).toBe(199_800)
    expect(await count(allOf(words('needle'), oneOf('user.name', 'alice')))).toBe(100)
    const firstHour: Filter = { kind: 'range', field: '@timestamp', to: '2026-02-25T07:13:20Z' }
    expect(await count(allOf(words('needle'), firstHour))).toBe(4)
  })
  it('come newest first and early, then in full; what is not searched yet is counted neither way', async () => {
    const filter = words('"n":')
    let answers = 0
    for (;;) {
      const { count: found, searched } = await asking.ask({ select: 'count', filter }, undefined, true)
      const without = await asking.ask({ select: 'count', filter: not(filter) }, undefined, true)
      expect(without.count).toBe(0)
      answers++
      if (!searched) {
        expect(found).toBe(rows)
        break
      }
      expect(found).toBe(searched.records)
      expect(searched.of).toBe(rows)
    }
    expect(answers).toBeLessThan(100)
    const page = await asking.ask({ select: 'rows', filter, fields: ['record.n'], limit: 2 })
    expect(page.rows.map((row) => row['record.n'])).toEqual([rows - 1, rows - 2])
  })
  it('are found in what comes into the case later', async () => {
    expect(await count(words('hay 2'))).toBe(0)
    const writer = await instance.connect()
    await writer.run(
      `INSERT INTO entry (evidence, status, shown, "@timestamp", raw) SELECT 1, 'event', true, now()::TIMESTAMP, '{"x":"hay 2"}' FROM range(5)`
    )
    asking.changed()
    expect(await count(words('hay 2'))).toBe(5)
    await writer.run(`DELETE FROM entry WHERE raw = '{"x":"hay 2"}'`)
    writer.closeSync()
    asking.changed()
    expect(await count(words('hay 2'))).toBe(0)
  })
  it('can be given up', async () => {
    const asked = asking.ask({ select: 'count', filter: words('a word that nobody looks for') }, 'ticket')
    asking.cancel('ticket')
    await expect(asked).rejects.toMatchObject({ code: 'canceled' })
    expect(await count(words('needle 1007'))).toBe(1)
  })
  it('are remembered for so many texts only', async () => {
    for (let at = 0; at < 15; at++) expect(await count(words(`needle ${at}007`))).toBe(at > 0 ? 1 : 0)
    const connection = await instance.connect()
    const kept = await connection.runAndReadAll(`SELECT count(*) FROM duckdb_tables() WHERE database_name = 'words'`)
    expect(Number(kept.getRows()[0]?.[0])).toBeLessThanOrEqual(13)
    connection.closeSync()
  })
})

describe('the pattern of words', () => {
  const found = async (text: string, raw: string) => {
    const connection = await instance.connect()
    const reader = await connection.runAndReadAll(`SELECT regexp_matches($1, $2, 'i')`, [raw, wordsPattern(text)])
    connection.closeSync()
    return reader.getRows()[0]?.[0]
  }
  it.each([
    ['café', '{"a":"caf\\u00e9"}'],
    ['CAFÉ', '{"a":"caf\\u00E9"}'],
    ['CAFÉ', '{"a":"café"}'],
    ['a/b', '{"a":"a\\/b"}'],
    ['a&b', '{"a":"a\\u0026b"}'],
    ["it's", '{"a":"it\\u0027s"}'],
    ['say "hi"', '{"a":"say \\"hi\\""}'],
    ['say "hi"', 'a,"say ""hi""",b'],
    ['"k":"v"', '{"inner":"{\\"k\\":\\"v\\"}"}'],
    ['ACME\\bob', '{"a":"ACME\\\\bob"}'],
    ['two\nlines', '{"a":"two\\nlines"}'],
    ['😀', '{"a":"\\ud83d\\ude00"}'],
    ['(.*)', '{"a":"(.*)"}'],
    ['10.0.0.1', '{"ip":"10.0.0.1"}']
  ])('finds %j in %s', async (text, raw) => {
    expect(await found(text, raw)).toBe(true)
  })
  it.each([
    ['10.0.0.1', '{"ip":"10a0b0c1"}'],
    ['a+b', '{"a":"aab"}'],
    ['a"b', '{"a":"ab"}']
  ])('does not find %j in %s', async (text, raw) => {
    expect(await found(text, raw)).toBe(false)
  })
  it('finds any text in any record that holds it, as JSON writes it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), async (text) => {
        expect(await found(text, JSON.stringify({ before: 'x', value: `a ${text} b` }))).toBe(true)
      }),
      { numRuns: 200 }
    )
  })
})

describe('fields that are searched beside records', () => {
  const definition = { id: 'x', title: 'x', recognise: { all: ['a'] }, samples: [] } as const
  it('are those that a definition makes something of', () => {
    expect(
      fieldsBesideRecords([
        {
          ...definition,
          read: { as: 'json' },
          event: { 'user.name': 'who', 'resource.id': ['a', 'b'], message: { sql: "record->>'a' || 'b'" } }
        }
      ])
    ).toEqual(wordFields.filter((field) => /^(event\.(dataset|category|type|outcome)|message)$/.test(field)))
  })
  it('are all it maps where the record is not as it was read', () => {
    expect(
      fieldsBesideRecords([{ ...definition, read: { as: 'json', unwrap: 'm' }, event: { 'user.name': 'who' } }])
    ).toContain('user.name')
  })
})
