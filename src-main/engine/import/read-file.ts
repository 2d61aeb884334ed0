import { createReadStream, statSync } from 'node:fs'
import { type Sealing, sealedBytes } from '../evidence/sealing'
import { Truncated } from '../evidence/truncated'
import { decoded } from './decode'
import { isPreamble } from './dialect'
import { asItStands, documentsOf, type Format, headerNames, rowReading } from './format'
import { countLines, plainLines } from './plain-lines'
import type { Reading } from './reading'
import { type Segment, SegmentWriter } from './scratch'
import { SheetRows } from './sheet'
import { longest, type Piece, type Splitter } from './split'
import { CsvSplitter } from './split-csv'
import { JsonSplitter } from './split-json'
import { LineSplitter } from './split-lines'
import { RowSplitter } from './split-rows'
import { Utf16Places } from './utf16-places'
import { workbookBehind } from './workbook'

export interface FileToRead {
  /** The evidence copy: read after it was hashed, never the original. */
  readonly copy: string
  readonly format: Format
  /** How far the copy is, where it is still copied and hashed: each byte is read once it is hashed. */
  readonly sealing?: Sealing
}

export interface ReadJob extends FileToRead {
  /** A folder for segments. */
  readonly scratch: string
  readonly segmentBytes: number
  /** Of the first segment, where that is to be had sooner. */
  readonly firstBytes?: number
}

export interface ReadDone {
  readonly records: number
  readonly notes: readonly string[]
}

/** Cuts a file into records, and hands them over in segments; waits wherever `full` waits. */
export async function readFile(job: ReadJob, full: (segment: Segment) => Promise<void>): Promise<ReadDone> {
  let handed = Promise.resolve()
  const whole = (segment: Segment) => {
    handed = handed.then(() => full(segment))
  }
  const writer = new SegmentWriter(job.scratch, job.segmentBytes, whole, job.firstBytes)
  const done = await readInto(writer, job, () => handed)
  writer.flush()
  await handed
  return done
}

/** Cuts a file into records, and writes them; `handed` is waited for after each block. The last segment is still open then. */
export async function readInto(
  writer: SegmentWriter,
  { copy, format, sealing }: FileToRead,
  handed: () => Promise<void>
): Promise<ReadDone> {
  const before = { records: writer.records, notUtf8: writer.notUtf8 }
  writer.places = format.encoding === 'utf-8' ? undefined : new Utf16Places(format.skip)
  const cut = { records: 0 }
  const reader = readerFor(copy, format, writer, cut)
  const notes: string[] = []
  // A block is held as a whole, however little of the file fills it.
  const highWaterMark = Math.min(blockBytes, statSync(copy).size + 1)
  const file = sealing ? sealedBytes(copy, sealing) : createReadStream(copy, { highWaterMark })
  try {
    for await (const block of decoded(counted(file, writer), format)) {
      writer.places?.see(block)
      reader.push(block)
      writer.places?.begins(reader.begun())
      await handed()
    }
  } catch (error) {
    if (!(error instanceof Truncated)) throw error
    notes.push(
      'the compressed file is cut off or damaged: what could be decompressed is in; get the file again for the rest'
    )
  } finally {
    if ('destroy' in file) file.destroy()
  }
  reader.end(notes)
  const written = writer.records - before.records
  const notUtf8 = writer.notUtf8 - before.notUtf8
  if (format.each && written > cut.records) {
    const [records, events] = [cut.records, written].map((count) => count.toLocaleString('en'))
    notes.push(`${records} records of the file hold ${events} events`)
  }
  if (notUtf8) {
    const records = notUtf8 === 1 ? '1 record holds' : `${notUtf8.toLocaleString('en')} records hold`
    notes.push(`${records} bytes that are not UTF-8; they are shown with � in their place`)
  }
  return { records: written, notes }
}

const blockBytes = 4 << 20

async function* counted(blocks: AsyncIterable<Buffer>, writer: SegmentWriter): AsyncGenerator<Buffer> {
  for await (const block of blocks) {
    writer.bytes += block.length
    yield block
  }
}

interface Reader {
  push(block: Buffer): void
  end(notes: string[]): void
  /** Where the record begins that is not at its end yet. */
  begun(): number
}

const blank = (bytes: Buffer) => bytes.length === 0 || bytes.toString('latin1').trim() === ''

function readerFor(copy: string, format: Format, writer: SegmentWriter, cut: { records: number }): Reader {
  const { shape } = format
  const documents = documentsOf(format)
  // Places in UTF-16 are found from those in the UTF-8 it was turned into, which has no mark.
  const from = writer.places ? 0 : format.skip
  const write = (piece: Piece) => {
    cut.records++
    if (blank(piece.bytes)) {
      writer.detailed(piece, 'blank', undefined)
      return
    }
    const readings = piece.flag ? undefined : documents?.(piece.bytes.toString('utf8'))
    if (!readings || readings.length < 2) writer.detailed(piece, piece.flag, readings?.[0])
    else for (const [index, reading] of readings.entries()) writer.detailed(piece, undefined, reading, index)
  }
  switch (shape.as) {
    case 'lines':
      return shape.newline === 'lf' && !writer.places && writer.evidence === undefined && asItStands(format)
        ? fastLines(format, writer, write)
        : lines(new LineSplitter(write, from, newlineOf(shape)))
    case 'text':
      return lines(new LineSplitter(write, from, newlineOf(shape)))
    case 'json': {
      const splitter = new JsonSplitter(write, from, shape.path)
      return {
        push: (block) => splitter.push(block),
        begun: () => splitter.begun,
        end(notes) {
          splitter.end()
          if (splitter.open)
            notes.push('the file ends in the middle of its JSON: it was cut off; export it again for the rest')
        }
      }
    }
    case 'sheet': {
      const rows = new SheetRows(workbookBehind(copy), shape)
      const splitter = new RowSplitter(
        (piece) => {
          const reading = piece.flag ? undefined : rows.read(piece.bytes.toString('utf8'))
          if (reading === 'blank') writer.detailed(piece, 'blank', undefined)
          else if (reading || piece.flag) writer.detailed(piece, piece.flag, reading)
        },
        from,
        shape.prefix
      )
      return {
        ...lines(splitter),
        end(notes) {
          splitter.end()
          if (!splitter.ended) notes.push('the sheet ends in the middle: it was cut off; export it again for the rest')
        }
      }
    }
    case 'csv': {
      let reading: ((text: string) => Reading) | undefined
      const splitter = new CsvSplitter(
        (piece) => {
          if (reading) {
            const text = piece.bytes.toString('utf8')
            if (blank(piece.bytes)) write(piece)
            else writer.detailed(piece, piece.flag, piece.flag ? undefined : reading(text))
          } else if (!blank(piece.bytes) && !isPreamble(piece.bytes.toString('utf8')))
            reading = rowReading(
              headerNames(piece.bytes.toString('utf8'), shape.dialect.delimiter, shape.dialect),
              shape
            )
        },
        from,
        shape.dialect
      )
      return lines(splitter)
    }
  }
}

const newlineOf = (shape: { newline: 'lf' | 'cr' }) => (shape.newline === 'cr' ? 0x0d : 0x0a)
const lines = (splitter: Splitter): Reader => ({
  push: (block) => splitter.push(block),
  begun: () => splitter.begun,
  end: () => splitter.end()
})

/** Whole blocks of clean lines go as they are; any other block is cut line by line. The order of records is the file's either way. */
function fastLines(format: Format, writer: SegmentWriter, write: (piece: Piece) => void): Reader {
  let carry: Buffer[] = []
  let carried = 0
  let offset = format.skip
  let line = 1
  const take = (block: Buffer) => {
    if (plainLines(block, longest)) {
      const { lines: count, places } = countLines(block, writer.records, line, offset)
      writer.plain(block, count, places)
      line += count
    } else {
      const first = line
      const splitter = new LineSplitter((piece) => {
        line = first + piece.line
        write({ ...piece, line: first + piece.line - 1 })
      }, offset)
      splitter.push(block)
      splitter.end()
    }
    offset += block.length
  }
  return {
    push(block) {
      const last = block.lastIndexOf(0x0a)
      if (last < 0) {
        carry.push(block)
        carried += block.length
        return
      }
      const whole = block.subarray(0, last + 1)
      take(carried ? Buffer.concat([...carry, whole]) : whole)
      carry = last + 1 < block.length ? [block.subarray(last + 1)] : []
      carried = block.length - last - 1
    },
    begun: () => offset,
    end() {
      if (carried) take(Buffer.concat(carry))
    }
  }
}
