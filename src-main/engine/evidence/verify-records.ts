import type { DuckDBConnection } from '@duckdb/node-api'
import type { VerifyResult } from '../../contract/evidence'
import type { Evidence } from '../store/case'
import { contentOf } from './content'
import { type Encoding, encodingOf } from './encoding'
import { placeOf } from './place'
import { type Stretch, slices } from './slices'
import { Truncated } from './truncated'

const sampled = 100
/** So much of a long record is compared; of records that are too long to be read no more is in the case. */
const compared = 64 << 10
const headBytes = 4096

interface Sample extends Stretch {
  readonly record: number
  readonly whole: number
  readonly raw: string
}

/**
 * Records spread over the evidence, each compared with the bytes at its place: those of the file or, where it is compressed, of what is
 * packed in it. It is read once from its beginning.
 */
export async function recordsCheck(
  connection: DuckDBConnection,
  evidence: Evidence,
  bytes: AsyncIterable<Buffer>
): Promise<VerifyResult['checks'][number]> {
  const what = `${evidence.name}: records against their bytes`
  if (evidence.ledger.kind === 'directory')
    return { what, clean: true, found: 'not checked, because of a directory only the names are in the case' }
  const samples = await samplesOf(connection, evidence)
  const head: Stretch = { offset: 0, length: headBytes }
  let encoding: Encoding = 'utf-8'
  let done = 0
  try {
    for await (const { of, bytes: found } of slices(contentOf(bytes), [head, ...samples])) {
      if (!isSample(of)) encoding = encodingOf(found).encoding
      else if (found.length === of.length && same(found, of, encoding)) done++
      else
        return { what, clean: false, found: `record ${of.record} differs from the ${of.whole} bytes at ${of.offset}` }
    }
  } catch (error) {
    if (!(error instanceof Truncated)) throw error
    const next = samples[done]
    // Of a file that was cut off when it came, everything that could be unpacked has been compared by now.
    if (next) return { what, clean: false, found: `record ${next.record} lies where nothing can be decompressed` }
  }
  return { what, clean: true, found: `${done} records spread over the file are their bytes exactly` }
}

const isSample = (of: Stretch): of is Sample => 'raw' in of

async function samplesOf(connection: DuckDBConnection, evidence: Evidence): Promise<Sample[]> {
  const { firstRow, records } = evidence
  const step = Math.max(1, Math.floor(records / sampled))
  const found = await connection.runAndReadAll(
    `SELECT rowid::DOUBLE, raw, "offset"::DOUBLE, length::DOUBLE FROM entry
     WHERE rowid >= ${firstRow} AND rowid < ${firstRow + records} AND (rowid - ${firstRow}) % ${step} = 0 ORDER BY rowid LIMIT ${sampled}`
  )
  const samples: Sample[] = []
  for (const [row, raw, stored, whole] of found.getRows() as [number, string, number | null, number][]) {
    const offset = stored ?? (await placeOf(connection, evidence, row)).offset
    samples.push({ record: row - firstRow + 1, offset, whole, length: Math.min(whole, compared), raw })
  }
  return samples
}

function same(bytes: Buffer, { raw, whole }: Sample, encoding: Encoding): boolean {
  // As it is shown: a NUL, which text in the database cannot hold, by the symbol for it.
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes).replaceAll('\0', '␀')
  if (bytes.length === whole) return text === raw
  // The last character may be cut in two.
  const start = text.slice(0, -1)
  return raw.startsWith(start.slice(0, raw.length - 1))
}
