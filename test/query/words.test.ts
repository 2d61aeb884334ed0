import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allOf, everything, type Filter, not, oneOf } from '../../src-main/contract/filter'
import { RecordSearches } from '../../src-main/engine/query/record-searches'
import { Asking } from '../../src-main/engine/query/run'
import { fieldsBesideRecords, wordFields } from '../../src-main/engine/query/words-fields'
import { gramsOf } from '../../src-main/engine/query/words-grams'
import { WordsIndex } from '../../src-main/engine/query/words-index'
import { wordsPattern } from '../../src-main/engine/query/words-pattern'
import { tables, views } from '../../src-main/engine/store/schema'
import { runOn } from './small-case'

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
    const page = await asking.ask({ select: 'rows', filter, fields: ['@timestamp'], limit: 2 })
    expect(page.rows.map((row) => row['@timestamp'])).toEqual(['2026-02-28T17:33:19.000Z', '2026-02-28T17:33:18.000Z'])
  })
  it('are answered now, with what has been found so far', async () => {
    const filter = words('now and never')
    const { count: found, searched } = await asking.ask({ select: 'count', filter }, undefined, 'now')
    expect(found).toBe(0)
    expect(searched?.of).toBe(rows)
    expect(searched?.records).toBeLessThan(rows)
    expect(await asking.ask({ select: 'count', filter })).toMatchObject({ count: 0 })
    expect((await asking.ask({ select: 'count', filter }, undefined, 'now')).searched).toBeUndefined()
  })
  it('are waited for without keeping others from asking', async () => {
    const narrow = new Asking(instance, 1)
    let found = false
    const waiting = narrow.ask({ select: 'count', filter: words('needle and hay') }).then(() => {
      found = true
    })
    expect((await narrow.ask({ select: 'count', filter: everything })).count).toBe(rows)
    expect(found).toBe(false)
    await waiting
    await narrow.close()
  })
  it('say in an early answer which records it is of, not only how many', async () => {
    const own = await DuckDBInstance.create(':memory:')
    const connection = await own.connect()
    await connection.run(`${tables} ${views} ${fill(0, rows)}`)
    /** What is known of all pieces but the one that begins with a row. */
    const without = async (row: number) => {
      let goOn = () => {}
      const held = new Promise<void>((resolve) => {
        goOn = resolve
      })
      const connect = async () => {
        const slow = await own.connect()
        const ran = slow.run.bind(slow)
        slow.run = async (sql, values) => {
          if (sql.includes(`BETWEEN ${row} AND`)) await held
          return ran(sql, values)
        }
        return slow
      }
      const searches = new RecordSearches(Object.create(own, { connect: { value: connect } }))
      for (;;) {
        const run = runOn(connection)
        const { filter, searched } = await searches.resolve(
          words('"what":'),
          run,
          true,
          () => false,
          () => {}
        )
        if (searched?.records !== 177_120) continue
        goOn()
        await searches.close()
        return JSON.stringify(filter)
      }
    }
    expect(await without(0)).not.toBe(await without(122_880))
    connection.closeSync()
    own.closeSync()
  })
  it('are found in what comes into the case later', async () => {
    expect(await count(words('hay 2'))).toBe(0)
    const writer = await instance.connect()
    await writer.run(
      `INSERT INTO entry (evidence, status, shown, "@timestamp", raw) SELECT 1, 'event', true, now()::TIMESTAMP, '{"x":"hay 2"}' FROM range(5)`
    )
    await asking.holds([])
    expect(await count(words('hay 2'))).toBe(5)
    await writer.run(`DELETE FROM entry WHERE raw = '{"x":"hay 2"}'`)
    writer.closeSync()
    await asking.holds([])
    expect(await count(words('hay 2'))).toBe(0)
  })
  it('can be given up', async () => {
    const asked = asking.ask({ select: 'count', filter: words('a word that nobody looks for') }, 'ticket')
    asking.cancel('ticket')
    await expect(asked).rejects.toMatchObject({ code: 'canceled' })
    expect(await count(words('needle 1007'))).toBe(1)
  })
  it('are remembered for so many texts only', async () => {
    // Those asked for are kept while they are, so that one too many may be there.
    for (let at = 0; at < 20; at++) expect(await count(words(`needle ${at}007`))).toBe(at > 0 ? 1 : 0)
    const connection = await instance.connect()
    const kept = await connection.runAndReadAll(`SELECT count(*) FROM duckdb_tables() WHERE database_name = 'words'`)
    expect(Number(kept.getRows()[0]?.[0])).toBeLessThanOrEqual(28)
    connection.closeSync()
  })
  it('are found by all who ask for something at a time, more of them than are remembered', async () => {
    const narrow = new Asking(instance, 1)
    const texts = Array.from({ length: 30 }, (_, at) => `needle ${at}007`)
    const counts = await Promise.all(texts.map((text) => narrow.ask({ select: 'count', filter: words(text) })))
    expect(counts.map(({ count: found }) => found)).toEqual(texts.map((_, at) => (at > 0 ? 1 : 0)))
    await narrow.close()
  })
})

describe('what stands at a path in records', () => {
  const at = (field: `record.${string}`, value: string): Filter => ({ kind: 'is', field, values: [value] })

  it('is looked for once, early and then in full', async () => {
    const filter = at('record.who', 'alice')
    for (;;) {
      const { count: found, searched } = await asking.ask({ select: 'count', filter }, undefined, true)
      if (!searched) {
        expect(found).toBe(100_000)
        break
      }
      expect(found).toBeLessThanOrEqual(Math.ceil(searched.records / 3))
    }
    expect(await count(at('record.who', 'nobody'))).toBe(0)
    expect(await count({ kind: 'like', field: 'record.what', pattern: 'needle 10*' })).toBe(12)
    expect(await count({ kind: 'range', field: 'record.n', from: 299_990 })).toBe(10)
    expect(await count({ kind: 'present', field: 'record.who' })).toBe(rows)
  })
  it('combines with words, with fields and with its opposite', async () => {
    expect(await count(allOf(words('needle'), at('record.who', 'alice')))).toBe(100)
    expect(await count(allOf(words('needle'), not(at('record.who', 'alice'))))).toBe(200)
    const fewSeconds: Filter = { kind: 'range', field: '@timestamp', to: '2026-02-25T06:13:30Z' }
    expect(await count(allOf(fewSeconds, at('record.who', 'alice')))).toBe(4)
    expect(await count(not(at('record.who', 'alice')))).toBe(200_000)
  })
  it('is refused where the path is none, and what is asked next is answered', async () => {
    const asked = asking.ask({ select: 'count', filter: at('record.who..name', 'alice') })
    await expect(asked).rejects.toMatchObject({ code: 'field_unknown' })
    expect(await count(at('record.who', 'alice'))).toBe(100_000)
  })
  it('is found however the record escapes it, and where the record was read as something else than it says', async () => {
    const writer = await instance.connect()
    await writer.run(`INSERT INTO entry (evidence, status, shown, raw, document) VALUES
      (1, 'event', true, '{"who":"\\u0063arol"}', NULL), (1, 'event', true, 'who=c%61rol', '{"who":"carol"}'), (1, 'event', true, '{"not":"carol"}', NULL)`)
    await asking.holds([])
    expect(await count(at('record.who', 'carol'))).toBe(2)
    await writer.run(`DELETE FROM entry WHERE "@timestamp" IS NULL`)
    writer.closeSync()
    await asking.holds([])
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

describe('the index of words', () => {
  let index: string
  let indexed: Asking
  const evidence = (records: number) => [
    { sha256: 'a'.repeat(64), firstRow: 0, records, definitions: [] },
    { sha256: 'b'.repeat(64), firstRow: records, records: rows - records, definitions: [] }
  ]
  beforeAll(async () => {
    index = join(folder, 'search')
    indexed = new Asking(instance, undefined, index)
    await indexed.holds(evidence(200_000))
    await indexed.indexing?.done()
  }, 60_000)
  afterAll(() => indexed.close())

  it('is made of every full segment', () => {
    expect(readdirSync(index).sort()).toEqual(['0.grams', '1.grams', 'index.json'])
  })
  it('leaves out most blocks in which a rare word does not stand, and none in which it does', () => {
    const narrowed = new WordsIndex(index).narrowed('Needle 150007')
    const first = narrowed({ first: 0, last: 61_439 })
    expect(first.some(({ first, last }) => first <= 7 && last >= 7)).toBe(true)
    const all = [0, 1].flatMap((piece) => narrowed({ first: piece * 122_880, last: (piece + 1) * 122_880 - 1 }))
    expect(all.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBeLessThan(50_000)
  })
  it('finds what looking at every record finds, for any part of any record and for what is in none', async () => {
    const connection = await instance.connect()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(rows - 1),
        fc.nat(60),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (row, from, length, upper) => {
          const raw = (
            await connection.runAndReadAll(`SELECT raw FROM entry WHERE rowid = ${row}`)
          ).getRows()[0]?.[0] as string
          const part = raw.slice(from, from + length)
          const text = upper ? part.toUpperCase() : part
          const [a, b] = await Promise.all(
            [indexed, asking].map((one) => one.ask({ select: 'count', filter: words(text) }))
          )
          expect(a).toEqual(b)
        }
      ),
      { numRuns: 25 }
    )
    connection.closeSync()
    expect((await indexed.ask({ select: 'count', filter: words('not in the haystack') })).count).toBe(0)
  }, 120_000)
  it('is made anew where the evidence is another, and only there', async () => {
    const before = statSync(join(index, '0.grams')).mtimeMs
    await indexed.holds(evidence(200_000).map((one, at) => (at === 1 ? { ...one, sha256: 'c'.repeat(64) } : one)))
    await indexed.indexing?.done()
    expect(statSync(join(index, '0.grams')).mtimeMs).toBe(before)
    expect(readFileSync(join(index, 'index.json'), 'utf8')).toContain('cccc')
  }, 60_000)
  it('tells nothing of a segment of which not all was written', () => {
    truncateSync(join(index, '0.grams'), 100)
    const piece = { first: 0, last: 61_439 }
    expect(new WordsIndex(index).narrowed('Needle 150007')(piece)).toEqual([piece])
  })
  it('may be deleted while the case is open', async () => {
    const opened = new Asking(instance, undefined, index)
    rmSync(index, { recursive: true })
    expect((await opened.ask({ select: 'count', filter: words('Needle 150007') })).count).toBe(1)
    await opened.close()
  })
  it('keeps of a text all that is kept of a part of it, whatever its case', () => {
    const into = new Uint32Array(64)
    const grams = (text: string, whole: boolean) => [...into.slice(0, gramsOf(Buffer.from(text), into, whole))]
    const held = grams('--a needle in a haystack--', false)
    for (const gram of grams('NEEDLE IN A', true)) expect(held).toContain(gram)
  })
})
