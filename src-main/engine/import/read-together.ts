import { type FileToRead, type ReadDone, type ReadJob, readInto } from './read-file'
import { type Segment, SegmentWriter } from './scratch'

/** Small files that are read as one stream of records, each of which tells the number of its evidence. */
export interface TogetherJob extends Pick<ReadJob, 'scratch' | 'segmentBytes'> {
  readonly files: readonly (FileToRead & { readonly evidence: number })[]
}

/** Cuts files into records one after another, and hands these over in segments that hold the records of many. */
export async function readTogether(
  { files, scratch, segmentBytes }: TogetherJob,
  full: (segment: Segment) => Promise<void>
): Promise<readonly ReadDone[]> {
  let handed = Promise.resolve()
  const writer = new SegmentWriter(scratch, segmentBytes, (segment) => {
    handed = handed.then(() => full(segment))
  })
  const done: ReadDone[] = []
  for (const file of files) {
    writer.evidence = file.evidence
    done.push(await readInto(writer, file, () => handed))
  }
  writer.flush()
  await handed
  return done
}
