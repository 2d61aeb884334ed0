import { readFileSync } from 'node:fs'
import type { PullReport } from '../../contract/connect'
import type { Books } from './books'
import type { DoneLine } from './journal-lines'
import { hasTexts, isRecordOf } from './private-file'

/** What a case keeps of a pull beside its journal, to be had without reading that. */
export interface Kept {
  readonly report: PullReport
  /** Tells the settings it was pulled with from others. */
  readonly settings: string
  /** Up to where each stream came. */
  readonly done: Readonly<Record<string, DoneLine>>
}

/** What a file keeps of a pull; undefined where it is not as it was written: the journal says it, too. */
export function keptIn(path: string): Kept | undefined {
  try {
    const kept: Kept = JSON.parse(readFileSync(path, 'utf8'))
    const { streams, parts, refused, hosts, notes, startedAt } = kept.report
    const areWhole =
      streams.every((one) => hasTexts(one, 'stream', 'title') && Array.isArray(one.missing)) &&
      parts.every((one) => hasTexts(one, 'name', 'sha256')) &&
      refused.every((one) => hasTexts(one, 'path', 'message')) &&
      [hosts, notes].every((one) => Array.isArray(one)) &&
      isRecordOf(kept.done, (one) => isRecordOf(one, () => true))
    return areWhole && !Number.isNaN(Date.parse(startedAt)) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Up to where each stream of a pull came, and where its server goes on. */
export const doneOf = (books: Books, { streams }: Pick<PullReport, 'streams'>): Readonly<Record<string, DoneLine>> =>
  Object.fromEntries(
    streams.flatMap(({ stream, reached }) => {
      const done = books.done(stream)
      return done && reached !== undefined ? [[stream, { ...done, reached: Date.parse(reached) }]] : []
    })
  )
