import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../src-main/contract/query'
import { engineIn, temporaryFolder } from '../engine/folder'

/** A ZIP file of these parts, as spreadsheets write it. */
function zipped(parts: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)]
    const packed = deflateRawSync(data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(path.length, 22)
    local.push(Buffer.from('PK\x03\x04'), common, path, packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, path)
    offset += 30 + path.length + packed.length
  }
  const table = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, table, end])
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const around = (sheet: string, more: Record<string, string> = {}) => ({
  '[Content_Types].xml': `${xml}<Types/>`,
  'xl/workbook.xml': `${xml}<workbook ${main}><workbookPr/><sheets><sheet name="Log" sheetId="1"/></sheets></workbook>`,
  'xl/worksheets/sheet1.xml': sheet,
  ...more
})
const texts = (...all: string[]) => `${xml}<sst ${main}>${all.map((one) => `<si>${one}</si>`).join('')}</sst>`
const styles = `${xml}<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs></styleSheet>`
const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c></row>
<row r="3" spans="1:5"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" t="inlineStr"><is><t>Action</t></is></c><c r="E3" t="s"><v>3</v></c></row>
<row r="4"><c r="A4" s="1"><v>46090.40355324074</v></c><c r="B4" t="s"><v>4</v></c><c r="C4" t="str"><f>1</f><v>log &amp; in</v></c><c r="E4" t="b"><v>1</v></c></row>
<row r="5"/>
<row r="6"><c r="A6" s="1"><v>46090.5</v></c><c r="B6" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve">da 2</t></r><rPh><t>x</t></rPh></is></c><c r="C6" t="s"><v>5</v></c><c r="E6" s="3"><v>1234.5</v></c></row>
<row r="7"><c r="A7" s="1"><v>46091</v></c><c r="B7" t="s"><v>4</v></c><c r="F7"><v>9</v></c></row>`
const sheet = `${xml}<worksheet ${main}><dimension ref="A1:F7"/><sheetData>${rows}</sheetData><pageMargins/></worksheet>`
const shared = texts(
  '<t>Access log</t>',
  '<t>Time</t>',
  '<t>User</t>',
  '<t>Extra</t>',
  '<t>kim &lt;Łoś&gt;</t>',
  '<t>log out_x000A_now</t>'
)

async function imported(bytes: Buffer) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  const path = join(folder, 'log.xlsx')
  writeFileSync(path, bytes)
  const result = await engine.importPaths({ paths: [path] })
  const ledger = result.evidence[0]
  const records = ledger ? await engine.records({ evidence: ledger.sha256, limit: 20 }) : []
  const answer = await engine.ask({
    select: 'rows',
    filter: { kind: 'and', of: [] },
    fields: ['@timestamp', 'user.name', 'event.action'],
    limit: 20
  })
  return { engine, result, ledger, records, rows: (answer as Answers['rows']).rows }
}

describe('a sheet of a workbook', () => {
  it('is read as the table it shows: texts as texts, dates as dates, rows by their numbers', async () => {
    const { engine, ledger, records, rows } = await imported(
      zipped(around(sheet, { 'xl/styles.xml': styles, 'xl/sharedStrings.xml': shared }))
    )
    expect(ledger).toMatchObject({ records: 5, events: 2, unreadable: 2, blank: 1, balanced: true })
    expect(ledger?.name).toBe('log.xlsx › xl/worksheets/sheet1.xml')
    expect(rows.map((row) => [row['@timestamp'], row['user.name'], row['event.action']]).sort()).toEqual([
      ['2026-03-09T09:41:07.000Z', 'kim <Łoś>', 'log & in'],
      ['2026-03-09T12:00:00.000Z', 'ada 2', 'log out\nnow']
    ])
    expect(records.map(({ place, why }) => [place.line, why])).toEqual([
      [1, 'it stands above the header of the table'],
      [4, undefined],
      [5, undefined],
      [6, undefined],
      [7, 'a cell in column 6, for which the header has no name']
    ])
    const at = Buffer.from(sheet)
    for (const { place, text } of records)
      expect(at.subarray(place.offset, place.offset + place.length).toString()).toBe(text)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('is read with prefixed names too, and with days that count from 1904', async () => {
    const own = sheet.replace(' xmlns=', ' xmlns:x=').replaceAll(/<(\/?)(?=[a-z])/gi, '<$1x:')
    const parts = around(own, { 'xl/styles.xml': styles, 'xl/sharedStrings.xml': shared })
    const since1904 = (parts['xl/workbook.xml'] ?? '').replace('<workbookPr/>', '<workbookPr date1904="1"/>')
    const { rows } = await imported(zipped({ ...parts, 'xl/workbook.xml': since1904 }))
    expect(rows.map((row) => [row['@timestamp'], row['user.name']]).sort()).toEqual([
      ['2030-03-10T09:41:07.000Z', 'kim <Łoś>'],
      ['2030-03-10T12:00:00.000Z', 'ada 2']
    ])
  })

  it('that is cut off, empty or without a header is named with its reason', async () => {
    const empty = await imported(zipped(around(sheet.replace(rows, ''))))
    expect(empty.result.refused[0]?.message).toMatch(/holds no table with a header: there is nothing in this sheet/)
    const cut = zipped(around(sheet, { 'xl/styles.xml': styles, 'xl/sharedStrings.xml': shared }))
    expect((await imported(cut.subarray(0, cut.length - 40))).result.refused[0]?.message).toMatch(/cut off/)
  })
})
