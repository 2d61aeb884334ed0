import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'

/** Installs what package-lock.json names, unless it is there already. */
export async function installIfNeeded() {
  if (isInstalled()) return
  console.error('Installing (once) …')
  // npm is a script on Windows, which only a shell can start.
  const [program, args] = process.platform === 'win32' ? ['cmd', ['/c', 'npm', 'ci']] : ['npm', ['ci']]
  const code = await run(program, [...args, '--no-audit', '--no-fund'], { stdio: ['ignore', 2, 2] })
  if (code !== 0) {
    console.error('npm ci failed, see above. It needs the npm registry once.')
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
