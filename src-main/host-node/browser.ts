import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const programs: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge'
  ],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`
  ),
  win32: [
    'Google/Chrome/Application/chrome.exe',
    'Chromium/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe'
  ]
}

/** A Chromium, Chrome or Edge of this machine, which can show the application in a window of its own; null where there is none. */
export function installedBrowser(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string | null {
  const folders = foldersOf(env, platform)
  const paths = (programs[platform] ?? []).flatMap((name) => folders.map((folder) => join(folder, name)))
  return [env['CHROME_PATH'], ...paths].find((path) => path && isProgram(path)) ?? null
}

function foldersOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') return ['']
  if (platform === 'win32')
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((f) => f !== undefined)
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
