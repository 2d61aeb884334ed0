import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runScript } from './run.mjs'

const sources = [
  'src-main',
  'src-renderer',
  'resources/map',
  'resources/geo',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package-lock.json'
]
const stamp = join(root, 'out', '.built')
const lock = join(root, 'node_modules', '.spoor-build.pid')

/** Builds the application into out/, unless it was built from just these sources. Two builds at a time take turns. */
export async function buildIfStale() {
  if (isBuilt()) return
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 200))
  try {
    if (!isBuilt()) await build()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

async function build() {
  const print = printOfSources()
  console.error('Building …')
  // What an interrupted build left; while the lock is held there is no other.
  for (const name of readdirSync(root)) if (/^out\.\d+/.test(name)) rmSync(join(root, name), { recursive: true })
  const next = `out.${process.pid}`
  const options = { stdio: ['ignore', 'ignore', 2], env: { SPOOR_OUT: next } }
  const code = await runScript('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'error'], options)
  if (code !== 0) {
    for (const path of [join(root, next), lock]) rmSync(path, { recursive: true, force: true })
    console.error('The build failed, see above.')
    process.exit(code)
  }
  writeFileSync(join(root, next, '.built'), print)
  replaceFolder(join(root, 'out'), join(root, next))
}

/** What runs from the folder meanwhile finds it whole: the old one, then the new one. */
function replaceFolder(folder, next) {
  const old = `${next}.old`
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(next, folder)
  rmSync(old, { recursive: true, force: true })
}

const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === printOfSources()

/** Changes when any source is added, removed, renamed or written. */
function printOfSources() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((path) => filesUnder(join(root, path)))) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

/** The lock names its process, so that one which was killed locks nobody out. */
function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isRunning(readLock())) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function readLock() {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return 0
  }
}

function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildIfStale()
