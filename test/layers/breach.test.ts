import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

const breaches: readonly (readonly [file: string, from: string, message: string])[] = [
  ['src-main/contract/new.ts', '../engine/engine', 'The contract imports nothing'],
  ['src-main/contract/new.ts', 'node:fs', 'The contract imports nothing'],
  ['src-main/engine/store/new.ts', '../query/run', 'engine/store may import contract'],
  ['src-main/engine/query/new.ts', '../import/ledger', 'engine/query may import contract, store'],
  ['src-main/engine/query/new.ts', '../../host-node/server', 'engine/query may import contract, store'],
  ['src-main/engine/normalise/new.ts', '../evidence/copy', 'engine/normalise may import contract, store'],
  ['src-main/engine/evidence/new.ts', '../import/ledger', 'engine/evidence may import contract, store'],
  ['src-main/engine/import/new.ts', '../query/run', 'engine/import may import contract, store, evidence, normalise'],
  ['src-main/engine/connect/new.ts', '../store/sql', 'engine/connect may import contract, evidence'],
  ['src-main/engine/detect/new.ts', '../import/ledger', 'engine/detect may import contract, store, query, evidence'],
  ['src-main/engine/marks/new.ts', '../import/ledger', 'engine/marks may import contract, store, query'],
  ['src-main/engine/workspace/new.ts', '../query/run', 'engine/workspace may import contract, store'],
  ['src-main/engine/report/new.ts', '../../../src-renderer/charts/actors', 'engine/report may import contract'],
  ['src-main/engine/new.ts', '../host-node/server', 'engine may import contract and its own folders'],
  ['src-main/engine/query/new.ts', 'electron', 'Only host-electron knows Electron'],
  ['src-main/host-node/new.ts', 'electron', 'Only host-electron knows Electron'],
  ['src-main/host-node/commands/new.ts', '../../host-electron/window', 'host-node may import engine and contract'],
  ['src-main/host-electron/new.ts', '../host-node/server', 'host-electron may import engine and contract'],
  ['src-renderer/new.ts', '../src-main/engine/engine', 'Of src-main the page may import the contract only'],
  ['src-renderer/new.ts', 'node:fs', 'Of src-main the page may import the contract only'],
  ['src-renderer/charts/new.ts', '../../src-main/engine/engine', 'Of src-main the page may import the contract only'],
  ['src-renderer/charts/new.ts', '../state/app.svelte', 'charts may import contract'],
  ['src-renderer/state/new.ts', '../components/Button.svelte', 'Components may import state, never the reverse'],
  ['src-renderer/components/new.ts', '../pages/Charts.svelte', 'Pages may import components, never the reverse']
]

const allowed: readonly (readonly [file: string, from: string])[] = [
  ['src-main/contract/new.ts', './event'],
  ['src-main/engine/query/new.ts', '../store/sql'],
  ['src-main/engine/query/new.ts', '../../contract/filter'],
  ['src-main/engine/import/new.ts', '../normalise/sources'],
  ['src-main/engine/detect/new.ts', '../query/run'],
  ['src-main/engine/marks/new.ts', '../query/filter-sql'],
  ['src-main/engine/new.ts', './import/ledger'],
  ['src-main/engine/new.ts', '../contract/rpc'],
  ['src-main/host-node/commands/new.ts', '../../engine/home'],
  ['src-main/host-electron/new.ts', 'electron'],
  ['src-renderer/charts/new.ts', '../../src-main/contract/filter'],
  ['src-renderer/components/new.ts', '../state/app.svelte']
]

/** A tree in which each of these imports is written into a file of its own, checked by our own rules. */
const tree = mkdtempSync(join(tmpdir(), 'spoor-layers-'))
const place = (file: string, from: string): string => file.replace('new.ts', `${from.replaceAll(/[^a-z]/gi, '_')}.ts`)

function complaints(): Map<string, string> {
  const { vcs: _, ...rules } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(tree, 'biome.json'), JSON.stringify(rules))
  for (const [file, from] of [...breaches, ...allowed]) {
    const path = join(tree, place(file, from))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `import { x } from '${from}'\n\nx()\n`)
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '--only=style/noRestrictedImports', '.']
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { path: string } }[] }
  const found = new Map<string, string>()
  for (const one of diagnostics) {
    const { path } = one.location
    found.set(path, (found.get(path) ?? '') + JSON.stringify(one))
  }
  return found
}

describe('who may import whom', () => {
  let found: Map<string, string>
  beforeAll(() => {
    found = complaints()
  })
  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  it.each(breaches)('%s may not import %s', (file, from, message) => {
    expect(found.get(place(file, from))).toContain(message)
  })

  it.each(allowed)('%s may import %s', (file, from) => {
    expect(found.get(place(file, from))).toBeUndefined()
  })
})
