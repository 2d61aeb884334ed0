import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder Spoor was installed in: the nearest one upwards with a package.json. */
export const installation = folderWithPackage(import.meta.dirname)

export const resources = join(installation, 'resources')
export const version = (JSON.parse(readFileSync(join(installation, 'package.json'), 'utf8')) as { version: string })
  .version

function folderWithPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('Spoor does not find the folder it was installed in.')
  return folderWithPackage(above)
}
