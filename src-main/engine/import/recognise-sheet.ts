import { AppError } from '../../contract/errors'
import type { Candidates, Recognised } from './fitting'
import type { Look } from './look'
import type { Reading } from './reading'
import { recogniseTable } from './recognise-csv'
import { SheetRows } from './sheet'
import { RowSplitter } from './split-rows'
import { workbookBehind } from './workbook'

const sheet = /<((?:\w+:)?)worksheet\b/
const mostRows = 500

/** Whether a file is a sheet taken out of a workbook, as XML. */
export const isSheet = ({ head }: Look): boolean =>
  head.startsWith('<?xml') && sheet.test(head.slice(0, 4096)) && head.slice(0, 4096).includes('spreadsheetml')

/** How a sheet of a workbook is read: as a table whose header is its first row with several cells. */
export function recogniseSheet(seen: Look, among: Candidates): Recognised {
  const { path, name } = among
  const prefix = sheet.exec(seen.head)?.[1] ?? ''
  const workbook = workbookBehind(path)
  const xml: string[] = []
  const splitter = new RowSplitter(
    ({ bytes, flag }) => {
      if (!flag && xml.length < mostRows) xml.push(bytes.toString('utf8'))
    },
    0,
    prefix
  )
  splitter.push(Buffer.from(seen.head))
  const shape = (kinds: Readonly<Record<string, 'json' | 'python'>>) => ({ as: 'sheet', prefix, cells: kinds }) as const
  const rows = (kinds: Readonly<Record<string, 'json' | 'python'>>) => {
    const read = new SheetRows(workbook, shape(kinds))
    const readings = xml.flatMap((row): Reading[] => {
      const reading = read.read(row)
      return reading === undefined || reading === 'blank' ? [] : [reading]
    })
    return { readings: readings.filter((one) => 'document' in one), names: read.names }
  }
  const { readings, names } = rows({})
  if (!names || !readings.length) {
    const sentence = `${name} holds ${names ? 'a header and no row below it' : 'no table with a header'}: there is nothing in this sheet to import.`
    throw new AppError('file_empty', sentence, { file: path })
  }
  return recogniseTable(seen, among, names, shape, (kinds) => rows(kinds).readings)
}
