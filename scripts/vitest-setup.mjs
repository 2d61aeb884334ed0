import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './run.mjs'

const out = join(root, 'out', 'main')
const workers = { 'read-worker': 'import', 'words-worker': 'query' }

/** Worker threads cannot run TypeScript on Node 20, so those of the engine are built before the tests start. */
export default async function setup() {
  await mkdir(out, { recursive: true })
  for (const [name, folder] of Object.entries(workers)) await buildWorker(name, folder)
}

async function buildWorker(name, folder) {
  const entry = join(root, 'src-main', 'engine', folder, `${name}.ts`)
  const file = join(out, `${name}.js`)
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      write: false,
      target: 'node20.19',
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.js`, codeSplitting: false } }
    }
  })
  // Renamed into place, so that a run beside this one never loads half a file.
  await writeFile(`${file}.${process.pid}`, output[0].code)
  await rename(`${file}.${process.pid}`, file)
}
