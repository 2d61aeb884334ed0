import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The program of the desktop shell, where it was downloaded; importing its package instead would begin a download. */
export function electronBinary(installation: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = join(installation, 'node_modules', 'electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const program = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), readFileSync(note, 'utf8'))
  return existsSync(program) ? program : null
}

/** Whether a window can be shown at all: on Linux there may be no screen. */
export const hasScreen = (env: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
