import type { Source } from '../../contract/source'
import { ReaderThreads } from './reader'
import { recogniseFile } from './recognise-file'
import type { Segment } from './scratch'

/** Stops the reader, which knows no end but the file's. */
class Enough extends Error {}

/** The first records of a file, read as an import with this definition reads them; no more of the file than holds so many. */
export async function firstRecords(
  path: string,
  source: Source,
  scratch: string,
  most: number,
  stopped: () => boolean
): Promise<readonly Segment[]> {
  const { format } = recogniseFile(path, [source], source.id)
  const reader = new ReaderThreads()
  const segments: Segment[] = []
  let records = 0
  try {
    await reader.read({ copy: path, scratch, format, segmentBytes: 1 }, path, async (segment) => {
      segments.push(segment)
      records += segment.records
      if (records >= most || stopped()) throw new Enough()
    })
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  } finally {
    await reader.stop()
  }
  return segments
}
