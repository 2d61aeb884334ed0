// Imports a file and explores it meanwhile, then again and cancels it: node out/bench/bench-coming.js <file>
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CaseState } from '../src-main/contract/case'
import { everything } from '../src-main/contract/filter'
import { createEngine } from '../src-main/engine/engine'

const [file] = process.argv.slice(2) as [string]
const home = mkdtempSync(join(dirname(resolve(file)), 'coming-'))
const resources = resolve(import.meta.dirname, '../../resources')
let changed: (state: CaseState | null) => void = () => {}
const events = {
  importProgress() {},
  caseChanged: (state: CaseState | null) => changed(state),
  workChanged() {},
  pullProgress() {}
}
const engine = createEngine({ home, resources, version: 'bench', events })
const page = () =>
  Promise.all([
    engine.ask({ select: 'rows', filter: everything, fields: ['@timestamp', 'user.name', 'event.action'], limit: 100 }),
    engine.ask({ select: 'count', filter: everything }),
    engine.ask({ select: 'timeline', filter: everything, zone: 'UTC', bins: 120, by: 'event.category' }),
    engine.ask({ select: 'facets', filter: everything, by: ['event.action', 'event.outcome', 'user.name'], limit: 6 })
  ])
const coming = () =>
  new Promise<CaseState>((come) => {
    changed = (state) => state?.coming && come(state)
  })
const say = (what: string, value: string) => console.log(`  ${what.padEnd(52)} ${value}`)
const since = (begun: number) => `${(performance.now() - begun).toFixed(0)} ms`

const { folder } = await engine.createCase({ name: 'coming' })
let begun = performance.now()
let first = coming()
let importing = engine.importPaths({ paths: [file] })
await first
await page()
say('first events on the page, from the drop', since(begun))
let under = true
importing.finally(() => {
  under = false
})
const taken: number[] = []
while (under) {
  const asked = performance.now()
  await page()
  taken.push(performance.now() - asked)
  await new Promise((next) => setTimeout(next, 1000))
}
taken.sort((a, b) => a - b)
const at = (part: number) => `${taken[Math.floor((taken.length - 1) * part)]?.toFixed(0)} ms`
say(`page while it is imported, ${taken.length} times`, `${at(0.5)}, p95 ${at(0.95)}`)
const { evidence } = await importing
say('imported while it is explored', `${((performance.now() - begun) / 1000).toFixed(1)} s`)
if (!evidence[0]?.balanced) throw new Error('the books do not balance')
await engine.closeCase()
rmSync(folder, { recursive: true })

const { folder: other } = await engine.createCase({ name: 'canceled' })
const before = statSync(join(other, 'case.duckdb')).size
first = coming()
importing = engine.importPaths({ paths: [file] })
await first
await new Promise((later) => setTimeout(later, 3000))
begun = performance.now()
await engine.cancelImport()
await importing
const state = await engine.caseState()
const left = state?.events || readdirSync(join(other, 'evidence')).length ? 'something is left' : 'nothing is left'
const grown = ((statSync(join(other, 'case.duckdb')).size - before) / 1e6).toFixed(1)
say('canceled 3 s later', `${since(begun)}; ${left}, the database ${grown} MB larger`)
await engine.closeCase()
rmSync(home, { recursive: true, force: true })
