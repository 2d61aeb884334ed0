import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { smallBytes, together } from './take-together'

/** A file to import. */
export interface Found {
  readonly path: string
  readonly bytes: number
  /** From 0, among all. */
  readonly index: number
  readonly small: boolean
}

type Named = Omit<Found, 'index'>

/** The files named, and those in the folders named, in a stable order; hidden files and cases are passed over inside folders. */
export async function filesIn(paths: readonly string[]): Promise<readonly Found[]> {
  const found: Named[] = []
  for (const path of paths) {
    const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') return null
      return undefined
    })
    // A path that cannot be looked at is refused by its own sentence when its turn comes.
    if (info?.isDirectory()) await within(path, found)
    else found.push({ path, bytes: info?.size ?? 0, small: info?.isFile() === true && info.size <= smallBytes })
  }
  if (!found.length) {
    throw new AppError('file_missing', `${paths.join(', ')}: there are no files in there to import.`, {
      file: paths[0] ?? ''
    })
  }
  return found.map((one, index) => ({ ...one, index }))
}

async function within(folder: string, found: Named[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!entry.name.endsWith('.spoor')) await within(path, found)
    } else if (entry.isFile()) {
      const { size: bytes } = await stat(path)
      found.push({ path, bytes, small: bytes <= smallBytes })
    }
  }
}

/** Small files that follow each other are taken together, any other by itself. */
export function batches(files: readonly Found[]): readonly (readonly Found[])[] {
  const all: Found[][] = []
  let bytes = 0
  for (const file of files) {
    const batch = all.at(-1)
    bytes += file.bytes
    if (batch?.[0]?.small && file.small && batch.length < together.files && bytes <= together.bytes) batch.push(file)
    else {
      all.push([file])
      bytes = file.bytes
    }
  }
  return all
}
