import { AppError } from '../../contract/errors'
import type { ImportProgress } from '../../contract/import'
import type { Source, Times } from '../../contract/source'
import { isDiskFull } from '../store/disk-full'
import type { ReaderThreads } from './reader'

/** Who looks at files while they come. */
export interface Watching {
  /** More of a file can be asked for: so many of its records. */
  readonly grown: (records: number) => void
  /** All of a file has come: its records are named by its SHA-256 from now on. */
  readonly came: (was: string, sha256: string) => Promise<void>
  /** What had come of a file is not in the case any more, since the rest does not come. */
  readonly takenOut: () => Promise<void>
}

/** How one file is to be imported. */
export interface FileImport {
  readonly path: string
  readonly known: readonly Source[]
  readonly source: string | undefined
  /** What the analyst says that it is. */
  readonly as?: 'directory' | 'log' | undefined
  readonly times?: Times
  /** Where in its JSON the records are, where whoever brings it knows. */
  readonly list?: readonly string[] | undefined
  /** Bytes that are in the case already are read once more. */
  readonly again?: boolean
  readonly reader: Pick<ReaderThreads, 'seal' | 'read'>
  readonly now: Date
  readonly canceled: () => boolean
  /** Whom it concerns what has come of a file before all of it is in; without them it is shown only when it is. */
  readonly watching?: Watching | undefined
  readonly progress: (at: Pick<ImportProgress, 'phase' | 'bytes' | 'records' | 'source'>) => void
}

/** What an error means for the file at hand. */
export function explained(error: unknown, path: string): unknown {
  if (isDiskFull(error)) {
    return new AppError(
      'disk_full',
      `The disk is full: nothing of ${path} was imported. Make room, then import it again.`,
      { file: path }
    )
  }
  return error
}
