import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runScript } from './run.mjs'

// Both compilers are installed; this is the one of TypeScript 7, which takes a fifth of the time.
const types = (layer) => ['@typescript/native/bin/tsc', ['-p', `tsconfig/${layer}.json`]]

const steps = {
  'types of the contract': types('contract'),
  'types of the engine and its hosts': types('main'),
  'types of the preload': types('preload'),
  'types of the page': [
    'svelte-check/bin/svelte-check',
    ['--tsgo', '--tsconfig', 'tsconfig/renderer.json', '--output', 'human', '--fail-on-warnings']
  ],
  'types of the tests': types('test'),
  'lint, format and layers': ['@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']]
}

/** Types in every layer, lint, format, layers; the names of the steps that failed. */
export async function check() {
  const failed = []
  // What svelte-check keeps there goes on reporting components that were deleted.
  rmSync(join(root, '.svelte-check'), { recursive: true, force: true })
  for (const [name, [path, args]] of Object.entries(steps)) {
    console.error(`\n── ${name}`)
    if ((await runScript(path, args)) !== 0) failed.push(name)
  }
  return failed
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failed = await check()
  console.error(failed.length ? `\nNot in order: ${failed.join(', ')}` : '\nAll in order.')
  process.exit(failed.length ? 1 : 0)
}
