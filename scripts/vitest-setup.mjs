import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './run.mjs'

const out = join(root, 'out', 'main')
const entry = join(root, 'src-main', 'engine', 'import', 'read-worker.ts')

/** Worker threads cannot run TypeScript on Node 20, so the reader's thread is built before the tests start. */
export default async function setup() {
  if (!existsSync(entry)) return
  const file = join(out, 'read-worker.js')
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      write: false,
      target: 'node20.19',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'read-worker.js', codeSplitting: false } }
    }
  })
  await mkdir(out, { recursive: true })
  // Renamed into place, so that a run beside this one never loads half a file.
  await writeFile(`${file}.${process.pid}`, output[0].code)
  await rename(`${file}.${process.pid}`, file)
}
