import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../../contract/errors'

/** A JSON file for nobody else's eyes; the empty value where there is none. A damaged one is not written over. */
export function readPrivate<T>(file: string, empty: T): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty
    throw error
  }
  try {
    return JSON.parse(text) as T
  } catch {
    throw new AppError(
      'settings_invalid',
      `${file} is damaged: it is no JSON. Mend it, or move it away and make the connections anew.`,
      { file }
    )
  }
}

/** Beside it first: a full disk must not leave half a file in the place of a whole one. */
export function writePrivate(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
