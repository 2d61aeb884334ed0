import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../../contract/errors'

/** A JSON file for nobody else's eyes; the empty value where there is none. A damaged one is not written over. */
export function readPrivate<T>(file: string, empty: T, isSound: (value: unknown) => boolean): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty
    throw error
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged(file, 'it is no JSON')
  }
  if (!isSound(value)) throw damaged(file, 'it is not as Spoor wrote it')
  return value as T
}

/** Whether a value is an object, and all in it is as it should be. */
export const isRecordOf = (value: unknown, isSound: (one: unknown) => boolean): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isSound)

/** The same of texts by certain names, whatever else is in it. */
export const hasTexts = (value: unknown, ...names: readonly string[]): boolean =>
  isRecordOf(value, () => true) && names.every((name) => typeof value[name] === 'string')

const damaged = (file: string, why: string): AppError =>
  new AppError(
    'settings_invalid',
    `${file} is damaged: ${why}. Mend it, or move it away and make the connections anew.`,
    { file }
  )

/** Beside it first: a full disk must not leave half a file in the place of a whole one. */
export function writePrivate(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
