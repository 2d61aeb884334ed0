import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'

/** Installs what package-lock.json names, unless it is there already. */
export async function installIfNeeded() {
  if (isInstalled()) return
  console.error('Installing (once) …')
  // Not `npm ci`: it refuses a lock file that was made where the registry did not have the binaries of every other system.
  const install = ['install', '--no-save', '--no-audit', '--no-fund']
  // npm is a script on Windows, which only a shell can start.
  const [program, args] = process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...install]] : ['npm', install]
  const code = await run(program, args, { stdio: ['ignore', 2, 2] })
  if (code !== 0) {
    console.error('npm install failed, see above. It needs the npm registry once.')
    process.exit(code)
  }
}

/** Whether every package of package-lock.json is in node_modules in the very version; npm keeps a list of what is. */
function isInstalled() {
  const installed = packagesOf(join('node_modules', '.package-lock.json'))
  const wanted = packagesOf('package-lock.json')
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || installed[path]?.version === version
  )
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}
