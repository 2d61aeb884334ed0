import { AppError } from '../../contract/errors'

/** What went wrong as something is written: of a full disk, which folder it holds and the way out. */
export function diskFault(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !/ENOSPC|No space left/i.test(error.message)) return error
  return new AppError(
    'disk_full',
    `The disk is full: nothing more can be kept in ${folder}. What came before is safe. Make room, then resume the pull.`,
    { file: folder }
  )
}
