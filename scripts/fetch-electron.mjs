import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { root, runScript } from './run.mjs'

const folder = join(root, 'node_modules', 'electron')
const note = join(root, 'node_modules', '.cache', 'spoor', 'electron-not-to-be-had')
const week = 7 * 24 * 3600 * 1000

/** Gets the desktop shell's binary, which npm does not bring along. Without it the application opens in a browser's window. */
export async function fetchElectron() {
  if (isThere() || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || failedLately()) return
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com'
  if (!(await answers(new URL(mirror)))) return remember()
  console.error('Getting the desktop shell (once) …')
  // Its own download has no time limit.
  const code = await runScript('electron/install.js', [], { stdio: ['ignore', 'ignore', 'ignore'], timeout: 120_000 })
  if (code !== 0) remember()
}

function isThere() {
  try {
    const path = readFileSync(join(folder, 'path.txt'), 'utf8')
    return existsSync(join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), path))
  } catch {
    return false
  }
}

function failedLately() {
  try {
    return Date.now() - Number(readFileSync(note, 'utf8')) < week
  } catch {
    return false
  }
}

function remember() {
  mkdirSync(dirname(note), { recursive: true })
  writeFileSync(note, String(Date.now()))
  console.error('The desktop shell is not to be had from here; it is tried again in a week.')
}

/** Whether a connection is possible at all, found out in two seconds. */
function answers(url) {
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port: Number(url.port) || (url.protocol === 'http:' ? 80 : 443) })
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2000, () => end(false))
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })
}
