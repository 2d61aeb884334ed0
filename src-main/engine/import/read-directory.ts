import { bytesOf } from '../evidence/content'
import { Truncated } from '../evidence/truncated'
import { cells } from './cells'
import { decoded } from './decode'
import { columnEntry } from './directory-columns'
import { type DirectoryEntry, knownEntry } from './directory-entries'
import { realm } from './directory-shapes'
import { ListWalk } from './list-walk'
import { isObject, parse } from './parse'
import { type Directory, rowOf } from './recognise-directory'
import { CsvSplitter } from './split-csv'
import { LineSplitter } from './split-lines'
import { Utf16Places } from './utf16-places'

/** A record of a directory: the entry it gives, or why it gives none. */
export interface DirectoryRecord {
  readonly line: number
  readonly offset: number
  readonly length: number
  readonly status: 'name' | 'unreadable' | 'blank'
  readonly why?: string
  readonly entry?: DirectoryEntry
}

type Taken = (record: DirectoryRecord) => void
interface Piece {
  readonly bytes: Buffer
  readonly offset: number
  readonly line: number
  readonly length?: number
  readonly flag?: string
}

const noName = 'no id, or no name beside it'

/** Reads every record of a directory from its evidence copy, and answers what is to be said of the file. */
export async function readDirectory(copy: string, directory: Directory, take: Taken): Promise<readonly string[]> {
  const { encoding, skip } = directory.seen
  const places = encoding === 'utf-8' ? undefined : new Utf16Places(skip)
  const from = places ? 0 : skip
  const placed: Taken = places ? (record) => take({ ...record, ...places.of(record.offset, record.length) }) : take
  const reader = readerOf(directory, from, placed, places !== undefined)
  try {
    // The shape says how the file is cut; of the format only how its bytes become text matters here.
    const format = { ...directory.seen, shape: { as: 'lines', newline: 'lf' } } as const
    for await (const block of decoded(bytesOf(copy), format)) {
      places?.see(block)
      reader.push(block)
    }
  } catch (error) {
    if (!(error instanceof Truncated)) throw error
    reader.end()
    return [
      'the compressed file is cut off or damaged: what could be decompressed is in; get the file again for the rest'
    ]
  }
  reader.end()
  return []
}

function readerOf({ shape, columns }: Directory, from: number, take: Taken, twoBytes: boolean) {
  const entryOf = (value: unknown, path: string) =>
    knownEntry(value, path) ?? (columns && isObject(value) ? columnEntry(columns, value) : undefined)
  const told = (
    { bytes, offset, line, length = bytes.length, flag }: Piece,
    give: (text: string) => DirectoryEntry | undefined
  ) => {
    const place = { offset, line, length }
    if (bytes.toString('latin1').trim() === '') return take({ ...place, status: 'blank' })
    const entry = flag === undefined ? give(bytes.toString('utf8')) : undefined
    take(entry ? { ...place, status: 'name', entry } : { ...place, status: 'unreadable', why: flag ?? noName })
  }
  switch (shape.as) {
    case 'lines':
      return new LineSplitter((piece) => told(piece, (text) => entryOf(parse(text), '')), from)
    case 'csv': {
      let header = true
      return new CsvSplitter((piece) => {
        if (header) {
          // Blank lines before the header are none of its rows.
          header = piece.bytes.length === 0
          return
        }
        told(piece, (text) => columns && columnEntry(columns, rowOf(shape.header, cells(text, shape.delimiter))))
      }, from)
    }
    case 'lists':
      return lists(from, shape.paths, entryOf, told, twoBytes)
  }
}

type Told = (piece: Piece, give: (text: string) => DirectoryEntry | undefined) => void

/** The lists of a JSON file that hold entries; of one that the file’s head does not show its first element tells. Other lists are envelope. */
function lists(
  from: number,
  paths: readonly string[],
  entryOf: (value: unknown, path: string) => DirectoryEntry | undefined,
  told: Told,
  twoBytes: boolean
) {
  const holds = new Map(paths.map((path) => [path, true]))
  let isRealm = false
  let end = from
  const walk = new ListWalk(
    (element) => {
      const entry =
        element.flag === undefined ? entryOf(parse(element.bytes.toString('utf8')), element.path) : undefined
      const known = holds.get(element.path) ?? entry !== undefined
      holds.set(element.path, known)
      if (!known) return
      isRealm ||= entry !== undefined && 'title' in entry && entry.title === realm
      told(element, () => entry)
    },
    from,
    // Groups hold groups; in UTF-16 places are told in order, which one inside another is not.
    (path) => !twoBytes && /^groups(\.subGroups)+$/.test(path)
  )
  return {
    push(block: Buffer) {
      walk.push(block)
      end += block.length
    },
    end() {
      walk.end()
      const entry = isRealm && !twoBytes ? knownEntry(walk.root, '$') : undefined
      // The realm itself: its entry is the whole file.
      if (entry)
        told({ bytes: Buffer.from(JSON.stringify(walk.root)), offset: from, line: 1, length: end - from }, () => entry)
    }
  }
}
