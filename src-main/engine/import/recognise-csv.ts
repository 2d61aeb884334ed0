import { AppError } from '../../contract/errors'
import type { Source } from '../../contract/source'
import { matches } from '../normalise/recognise'
import { cells } from './cells'
import { decide } from './decide'
import { tableIn } from './dialect'
import { isOf } from './entries'
import { type Candidates, type Recognised, ranked } from './fitting'
import { type Format, headerNames, rowReading } from './format'
import type { Look } from './look'
import { parse } from './parse'
import type { Reading } from './reading'
import { refuseDefinition, refuseTie } from './undecided'

/** How a table of text with a header is read. */
export function recogniseCsv(seen: Look, among: Candidates): Recognised {
  const { path, name } = among
  refuseDefinition({ path, name }, seen.head)
  const table = tableIn(seen.head.trimStart(), seen.whole)
  if (!table) throw noTable(path, name, seen)
  const { dialect, rows } = table
  const [header = '', ...body] = rows
  const names = headerNames(header, dialect.delimiter, dialect)
  const shape = (kinds: Cells) => ({ as: 'csv', dialect, cells: kinds }) as const
  return recogniseTable(seen, among, names, shape, (kinds) => body.map(rowReading(names, shape(kinds))))
}

type Cells = Readonly<Record<string, 'json' | 'python'>>

/** Which definition a table is read with. It has one header, so it is of one source. */
export function recogniseTable(
  { encoding, compression, skip }: Pick<Format, 'encoding' | 'compression' | 'skip'>,
  { path, name, sources, chosen, times }: Candidates,
  names: readonly string[],
  shape: (kinds: Cells) => Format['shape'],
  rows: (kinds: Cells) => readonly Reading[]
): Recognised {
  const cellsOf = (source: Source | undefined): Cells => (source?.read.as === 'csv' ? (source.read.cells ?? {}) : {})
  const textsFor = (source: Source | undefined) =>
    rows(cellsOf(source)).flatMap((reading) => ('document' in reading ? [reading.document] : []))
  const documentsFor = (source: Source) => textsFor(source).map(parse)
  // Its columns count, not whether the first rows fill them.
  const columns = Object.fromEntries(names.map((one) => [one, 'x']))
  const byColumns = (source: Source) => matches({ ...source.recognise, equals: {} }, columns)
  const fitting = chosen
    ? sources
    : sources.filter((source) => byColumns(source) || documentsFor(source).some((document) => isOf(source, document)))
  if (!chosen) refuseTie({ path, name }, fitting, [...textsFor(fitting[0]).map(parse), columns])
  const source = ranked(fitting, fitting[0] ? documentsFor(fitting[0]) : [])[0]
  return decide({ encoding, compression, skip, shape: shape(cellsOf(source)) }, textsFor(source), {
    path,
    name,
    sources: source ? [source] : [],
    chosen: source ? [source] : undefined,
    times,
    list: undefined
  })
}

function noTable(path: string, name: string, { head, whole }: Look): AppError {
  const lines = head.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  if (whole && lines.length === 1 && /[,;\t|]/.test(head)) {
    const sentence = `${name} has one line and no more: if that is the header of a table, the export holds no records. Export it again for a time in which there were some.`
    return new AppError('file_empty', sentence, { file: path })
  }
  return new AppError(
    'file_not_a_log',
    `${name} is text, but neither JSON nor a table with a header. Export the audit log as JSON, JSON lines or CSV, and import that.`,
    { file: path }
  )
}

const delimiters = [',', ';', '\t', '|']

/** The delimiter that gives the header at least two cells, and the rows as many. */
export function delimiterOf(header: string, body: readonly string[]): string | undefined {
  const scored = delimiters.map((delimiter) => {
    const width = cells(header, delimiter).length
    const same = body.slice(0, 50).filter((row) => cells(row, delimiter).length === width).length
    return { delimiter, width, fits: body.length ? same / Math.min(50, body.length) : 0 }
  })
  const best = scored
    .filter(({ width, fits }) => width > 1 && fits >= 0.5)
    .sort((a, b) => b.fits - a.fits || b.width - a.width)[0]
  return best?.delimiter
}
