import { AppError } from '../../contract/errors'
import type { ImportProgress } from '../../contract/rpc'
import type { Source, Times } from '../../contract/source'
import { isDiskFull } from '../store/disk-full'
import type { ReaderThreads } from './reader'

/** How one file is to be imported. */
export interface FileImport {
  readonly path: string
  readonly known: readonly Source[]
  readonly source: string | undefined
  /** What the analyst says that it is. */
  readonly as?: 'directory' | 'log' | undefined
  readonly times?: Times
  /** Bytes that are in the case already are read once more. */
  readonly again?: boolean
  readonly reader: Pick<ReaderThreads, 'seal' | 'read'>
  readonly now: Date
  readonly canceled: () => boolean
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
