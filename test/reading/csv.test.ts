import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cells, type Dialect } from '../../src-main/engine/import/cells'
import { tableIn } from '../../src-main/engine/import/dialect'
import { CsvSplitter, usualDialect } from '../../src-main/engine/import/split-csv'
import { caseKnowing } from './log'

function split(text: string, dialect = usualDialect, block = 1 << 20) {
  const rows: { text: string; offset: number; line: number; flag?: string }[] = []
  const splitter = new CsvSplitter(
    ({ bytes, offset, line, flag }) =>
      rows.push({ text: bytes.toString(), offset, line, ...(flag === undefined ? {} : { flag }) }),
    0,
    dialect
  )
  const all = Buffer.from(text)
  for (let at = 0; at < all.length; at += block) splitter.push(all.subarray(at, at + block))
  splitter.end()
  return rows
}

const dialects: Dialect[] = [',', ';', '\t', '|', '^', '~', '\x01', ':', '#'].flatMap((delimiter) =>
  (['"', "'"] as const).flatMap((quote) =>
    (['double', 'backslash'] as const).map((escaped) => ({ delimiter, quote, escaped }))
  )
)

function written(cell: string, { quote, escaped }: Dialect): string {
  const inner =
    escaped === 'double' ? cell.replaceAll(quote, quote + quote) : cell.replaceAll(/[\\"']/g, (char) => `\\${char}`)
  return quote + inner + quote
}

describe('a table', () => {
  it('is read cell by cell in any dialect, whatever the cells hold and the blocks are', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('a\nb', '"', "'", '\\', ',', ' x ', '""', '\\"', '日本')
    )
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(rows, fc.constantFrom(...dialects), fc.integer({ min: 1, max: 40 }), (table, dialect, block) => {
        const clean = table.map((row) => row.map((one) => one.replaceAll('\r', '')))
        const text = clean.map((row) => row.map((one) => written(one, dialect)).join(dialect.delimiter)).join('\n')
        const found = split(text, dialect, block)
        expect(found.map((row) => cells(row.text, dialect.delimiter, dialect))).toEqual(clean)
        const bytes = Buffer.from(text)
        for (const row of found) {
          expect(row.flag).toBeUndefined()
          expect(bytes.subarray(row.offset, row.offset + Buffer.byteLength(row.text)).toString()).toBe(row.text)
          expect(bytes.subarray(0, row.offset).toString().split('\n').length).toBe(row.line)
        }
      })
    )
  })

  it.each<[string, string, Partial<Dialect>]>([
    ['commas', 'a,b,c\n1,"2, two",3\n4,5,6\n', { delimiter: ',', quote: '"' }],
    ['semicolons, with commas in the cells', 'a;b;c\n1,0;2,0;3,0\n4,0;5,0;6,0\n', { delimiter: ';' }],
    ['tabs', 'a\tb\tc\n1\t2, 3\t4\n', { delimiter: '\t' }],
    ['bars', 'a|b|c\n1|2|3\n', { delimiter: '|' }],
    ['carets', 'a^b^c\n1^2,5^3\n4^5,5^6\n', { delimiter: '^' }],
    ['tildes', 'a~b~c\n1~2~3\n', { delimiter: '~' }],
    ['the byte 1', 'a\x01b\x01c\n1\x012, 2\x013\n', { delimiter: '\x01' }],
    [
      'columns drawn with blanks',
      'time      user   action\n10:00:00  ada a  log in\n10:00:01  bo     log out\n',
      { delimiter: 'spaces' }
    ],
    ['single quotes', "'a','b','c'\n'1','2, two','3'\n'4','it''s','6'\n", { delimiter: ',', quote: "'" }],
    [
      'quotes behind backslashes',
      '"a","b"\n"1","a \\"b\\", c"\n"2","d"\n',
      { delimiter: ',', quote: '"', escaped: 'backslash' }
    ],
    ['backslashes that escape nothing', '"a","b"\n"C:\\x\\","y ""z"""\n"C:\\y\\","z"\n', { escaped: 'double' }],
    ['carriage returns', 'a,b\r1,2\r3,4\r', { delimiter: ',', newline: 'cr' }]
  ])('is known by its %s', (_, text, expected) => {
    expect(tableIn(text, true)?.dialect).toMatchObject(expected)
  })

  it('is none in prose', () => {
    expect(tableIn('Dear all,\n\nplease find attached nothing.\nRegards\n', true)).toBeUndefined()
  })
})

describe('a quote that is not closed', () => {
  const good = (n: number) => `2026-03-09T09:41:0${n}Z,ada${n},login,"note ${n}"`
  const log = (...rows: string[]) => ['time,user,action,note', ...rows].join('\n')
  const users = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['user.name'] ?? row['status'])

  it.each<[string, string[]]>([
    ['before the other rows', [good(1), '2026-03-09T09:41:02Z,"bo,login,x', good(3), good(4)]],
    ['in the last row', [good(1), good(3), good(4), '2026-03-09T09:41:02Z,bo,login,"x']],
    ['over two lines', [good(1), '2026-03-09T09:41:02Z,bo,login,"one\ntwo', good(3), good(4)]]
  ])('%s costs no other row', async (_, rows) => {
    const { line, rows: read } = await caseKnowing()('log.csv', log(...rows))
    expect(line).toMatchObject({ events: 3, balanced: true })
    expect(users(read).filter((one) => one !== 'unreadable')).toEqual(['ada1', 'ada3', 'ada4'])
    expect(users(read).filter((one) => one === 'unreadable').length).toBe(rows.join('\n').split('\n').length - 3)
  })

  it('is said at the row where it stands, and at what may belong to it', () => {
    const rows = split(log(good(1), 'x,"bo,login,y', 'z', good(3)))
    expect(rows.map(({ line, flag }) => [line, flag])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 'a quote opened here is not closed'],
      [4, 'a part of a row whose quote is not closed'],
      [5, undefined]
    ])
  })

  it('costs no time where there are many', () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => (n % 2 ? good(n % 10) : `x,"bo${n},login,y`))
    // What grows with the square of their number does not end within the time a test has.
    const found = split(log(...rows))
    expect(found.length).toBe(60_001)
    expect(found.filter(({ flag }) => flag === undefined).length).toBe(30_001)
  })

  it('is a character where the cell goes on behind it', async () => {
    const { rows } = await caseKnowing()('log.csv', log(good(1), '2026-03-09T09:41:02Z,"the "old" bo",login,5" disk'))
    expect(users(rows)).toEqual(['ada1', 'the "old" bo'])
  })
})

describe('an export without records', () => {
  it.each([
    ['log.csv', 'time,user,action\n', /^log\.csv has one line and no more: if that is the header/],
    ['log.json', '[]', /^log\.json is an empty list: the export holds no records/],
    ['log.json', ' [ ]\n', /^log\.json is an empty list: the export holds no records/],
    ['log.json', '{"Records":[]}', /^log\.json holds an empty list \(Records\): the export holds no records/],
    ['log.json', '{"data":{"hits":[]},"total":0}', /^log\.json holds an empty list \(data\.hits\)/],
    ['log.json', '{}', /^log\.json holds an empty object/]
  ])('%s with %j is refused for what it is', async (name, content, sentence) => {
    await expect(caseKnowing()(name, content)).rejects.toThrow(sentence)
  })
})

it('reads a table of two hundred columns, ragged rows and all', async () => {
  const names = ['time', 'user', 'action', ...Array.from({ length: 197 }, (_, n) => `extra ${n}`)]
  const row = (n: number) => [
    `2026-03-09T09:41:0${n}Z`,
    `ada${n}`,
    'login',
    ...Array.from({ length: 197 }, (_, at) => `${n}.${at}`)
  ]
  const text = [names, row(1), row(2).slice(0, 90), [...row(3), 'more'], row(4)]
    .map((one) => one.join(';'))
    .join('\r\n')
  const { line, rows } = await caseKnowing()('wide.csv', text)
  expect(line).toMatchObject({ records: 4, events: 3, unreadable: 1, balanced: true })
  expect(rows.map((one) => one['user.name'])).toEqual(['ada1', 'ada2', undefined, 'ada4'])
})
