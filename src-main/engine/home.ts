import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Spoor keeps its cases and settings: SPOOR_HOME, else the place the system has for such data. */
export function homeFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['SPOOR_HOME']) return env['SPOOR_HOME']
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Spoor')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Spoor')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'spoor')
}
