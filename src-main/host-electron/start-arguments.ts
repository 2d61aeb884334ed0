import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import type { HostCommand } from '../contract/host'

/** What a start asks for: a case among its arguments is opened, files are imported. */
export function commandsFromArguments(args: readonly string[], folder: string): readonly HostCommand[] {
  // In a checkout the first argument is the application's own folder.
  const own = resolve(app.getAppPath())
  const words = args.slice(1).filter((word) => !word.startsWith('-'))
  return commandsForPaths(words.map((word) => resolve(folder, word)).filter((path) => path !== own && existsSync(path)))
}

/** What it means to open these files. */
export function commandsForPaths(paths: readonly string[]): readonly HostCommand[] {
  const isCase = (path: string) => existsSync(join(path, 'case.duckdb'))
  const folder = paths.find(isCase)
  const files = paths.filter((path) => !isCase(path))
  return [
    ...(folder === undefined ? [] : [{ do: 'open-case', folder } as const]),
    ...(files.length ? [{ do: 'import', paths: files } as const] : [])
  ]
}
