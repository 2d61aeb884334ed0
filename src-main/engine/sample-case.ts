import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecentCase } from '../contract/case'
import type { Case } from './store/case'

export const sampleName = 'Sample case'

/** The folders of the sample logs, one per product. */
export function sampleFolders(resources: string): string[] {
  const samples = join(resources, 'samples')
  const folders = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => join(samples, name)).sort()
}

/** Whether a case was once made of the samples, to judge by its name. */
export const isSample = ({ name, missing }: RecentCase): boolean =>
  !missing && (name === sampleName || new RegExp(`^${sampleName} \\d+$`).test(name))

/** Whether all the sample logs are in the case, as they are today, with their bytes. */
export function isWhole(of: Case, folders: readonly string[]): boolean {
  const held = new Set(of.evidence.map(({ sha256 }) => sha256))
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  return (
    of.missing().length === 0 &&
    files.every((file) => held.has(createHash('sha256').update(readFileSync(file)).digest('hex')))
  )
}
