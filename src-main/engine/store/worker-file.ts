import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built file of a worker thread: beside the built engine (or one up, from a shared chunk; or next door, from a benchmark); from the sources, where the build puts it. */
export function workerFile(name: string): string {
  for (const place of ['./', '../', '../main/', '../../../out/main/']) {
    const file = fileURLToPath(new URL(`${place}${name}.js`, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new Error(`${name} is not built: run \`npm run build\``)
}
