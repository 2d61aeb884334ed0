import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import type { Source } from '../../contract/source'
import { matches } from '../normalise/recognise'
import { cells } from './cells'
import { type Columns, columnEntry, directoryColumns, mayBeEvents } from './directory-columns'
import { knownEntry } from './directory-entries'
import { headerNames } from './format'
import { ListWalk } from './list-walk'
import { type Look, look } from './look'
import { isObject, parse } from './parse'
import { delimiterOf } from './recognise-csv'
import { CsvSplitter } from './split-csv'

/** How a file of names is read: who is who, and nothing of what happened. */
export interface Directory {
  /** What it is: `Keycloak realm export`. */
  readonly title: string
  readonly seen: Pick<Look, 'encoding' | 'compression' | 'skip'>
  readonly shape: /** `paths`: the lists known to hold entries; of others their first element tells. */
    | { readonly as: 'lists'; readonly paths: readonly string[] }
    | { readonly as: 'lines' }
    | { readonly as: 'csv'; readonly delimiter: string; readonly header: readonly string[] }
  /** Where ids and names stand, where the entries are of no product known. */
  readonly columns?: Columns
}

type Row = Readonly<Record<string, unknown>>

/**
 * Tells whether a file is a directory, and how it is read. By itself a file is one only where no source knows its records, its entries have
 * ids with names beside them, and nothing in it looks like an event. Where the analyst says that it is one, ids and names are enough.
 */
export function directoryIn(
  path: string,
  known: readonly Source[],
  said: boolean,
  name = basename(path)
): Directory | undefined {
  const found = directoryOf(look(path, name), known, said)
  if (found || !said) return found
  throw new AppError(
    'file_not_a_log',
    `${name} gives no names: none of its lists or columns has an id (id, uuid, user_id, …) with a name beside it (username, name, email, …).`,
    { file: path }
  )
}

function directoryOf(seen: Look, known: readonly Source[], said: boolean): Directory | undefined {
  const begin = seen.head.trimStart()
  const { encoding, compression, skip } = seen
  const base = { seen: { encoding, compression, skip } }
  if (!/^[{[]/.test(begin)) return table(seen, base, known, said)
  const lines = begin.split(/\r\n|\n/).filter((line) => line.trim() !== '')
  const objects = lines.slice(0, 100).map(parse).filter(isObject)
  const oneALine = lines.length > 1 && objects.length >= Math.min(lines.length, 100) - 1
  const rows = oneALine ? [{ path: '', rows: objects }] : listsIn(begin)
  const sources = known.filter(({ read }) => read.as === 'json')
  const ofSource = (row: unknown) => sources.some((source) => matches(source.recognise, row))
  // A record by itself may list people in it; it is a record all the same.
  if (!said && [...objects, parse(begin)].some(ofSource)) return undefined
  const shapeOf = (holds: (row: Row, path: string) => unknown): Directory['shape'] =>
    oneALine
      ? { as: 'lines' }
      : {
          as: 'lists',
          paths: rows.filter(({ path, rows: some }) => some.some((row) => holds(row, path))).map(({ path }) => path)
        }
  for (const { path, rows: some } of rows) {
    if (!said && some.some(ofSource)) return undefined
    const entries = some.map((row) => knownEntry(row, path)).filter((entry) => entry !== undefined)
    if (entries.length >= some.length / 2 && entries[0])
      return { ...base, title: entries[0].title, shape: shapeOf(knownEntry) }
  }
  for (const { rows: some } of rows) {
    const columns = plain(some, said)
    if (columns) {
      const shape = shapeOf((row) => columnEntry(columns, row))
      return { ...base, title: 'list of ids and names', shape, columns }
    }
  }
  return undefined
}

/** The first entries of every list in the head of a JSON file. */
function listsIn(begin: string): { path: string; rows: Row[] }[] {
  const lists = new Map<string, Row[]>()
  const walk = new ListWalk(({ path, bytes }) => {
    const rows = lists.get(path) ?? []
    lists.set(path, rows)
    const row = rows.length < 100 ? parse(bytes.toString('utf8')) : undefined
    if (isObject(row)) rows.push(row)
  })
  walk.push(Buffer.from(begin))
  return [...lists].map(([path, rows]) => ({ path, rows })).filter(({ rows }) => rows.length > 0)
}

function table(
  seen: Look,
  base: Pick<Directory, 'seen'>,
  known: readonly Source[],
  said: boolean
): Directory | undefined {
  const rows: string[] = []
  const splitter = new CsvSplitter(({ bytes }) => {
    if (rows.length < 300 && bytes.length) rows.push(bytes.toString('utf8'))
  })
  splitter.push(Buffer.from(seen.head.trimStart()))
  if (seen.whole) splitter.end()
  const [first, ...body] = rows
  const delimiter = first === undefined ? undefined : delimiterOf(first, body)
  if (first === undefined || delimiter === undefined) return undefined
  const header = headerNames(first, delimiter)
  const columnsThere = Object.fromEntries(header.map((column) => [column, 'x']))
  const tables = known.filter(({ read }) => read.as === 'csv')
  if (!said && tables.some(({ recognise }) => matches({ ...recognise, equals: {} }, columnsThere))) return undefined
  const some = body.map((row) => rowOf(header, cells(row, delimiter)))
  const columns = plain(some, said)
  return columns && { ...base, title: 'table of ids and names', shape: { as: 'csv', delimiter, header }, columns }
}

/** A row of a table by its columns; empty cells are left out. */
export const rowOf = (header: readonly string[], row: readonly string[]): Row =>
  Object.fromEntries(header.flatMap((column, at) => (row[at] ? [[column, row[at]]] : [])))

// Times that say something of the entry itself.
const ofEntry = /creat|updat|modif|last|expir|birth|join|hire|chang|valid|delet|notbefore|sync/i
const time = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}|^1[0-9]{9}(\d{3})?$/

/** The columns of rows that are of no product known, if they are a directory's. */
function plain(rows: readonly Row[], said: boolean): Columns | undefined {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = directoryColumns(names)
  if (!columns || said) return columns
  const [id = ''] = columns.ids
  const ids = rows.map((row) => row[id]).filter((value) => value !== undefined)
  const timed = names.some((name) => !ofEntry.test(name) && rows.some((row) => time.test(String(row[name] ?? ''))))
  const once = new Set(ids).size === ids.length && ids.length >= rows.length / 2
  return mayBeEvents(names) || timed || !once ? undefined : columns
}
