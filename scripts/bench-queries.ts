// Opens a case and asks what a page asks after a filter click, warm: node out/bench/bench-queries.js <case>
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Field } from '../src-main/contract/event'
import { everything, type Filter, oneOf } from '../src-main/contract/filter'
import { createEngine } from '../src-main/engine/engine'

const [folder] = process.argv.slice(2) as [string]
const home = mkdtempSync(join(tmpdir(), 'spoor-bench-'))
const resources = resolve(import.meta.dirname, '../../resources')
const engine = createEngine({
  home,
  resources,
  version: 'bench',
  events: { importProgress() {}, caseChanged() {}, workChanged() {} }
})

const rows: Field[] = [
  '@timestamp',
  'user.name',
  'user.id',
  'event.action',
  'event.category',
  'event.outcome',
  'resource.name',
  'resource.id',
  'source.ip',
  'source.geo.country_iso_code',
  'event.dataset'
]
const facets: Field[] = [
  'event.dataset',
  'event.action',
  'event.category',
  'event.outcome',
  'user.name',
  'source.ip',
  'source.geo.country_iso_code',
  'resource.type'
]

const page = (filter: Filter) => [
  engine.ask({ select: 'rows', filter, fields: rows, limit: 100 }),
  engine.ask({ select: 'count', filter }),
  engine.ask({ select: 'timeline', filter, zone: 'UTC', bins: 120, by: 'event.category' }),
  engine.ask({ select: 'facets', filter, by: facets, limit: 6 })
]

async function timed(name: string, ask: () => Promise<unknown>, times = 15): Promise<void> {
  const taken: number[] = []
  for (let round = 0; round < times + 3; round++) {
    const started = performance.now()
    await ask()
    if (round >= 3) taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  const at = (part: number) => `${taken[Math.floor((taken.length - 1) * part)]?.toFixed(0)} ms`
  console.log(`  ${name.padEnd(52)} ${at(0.5)}, p95 ${at(0.95)}`)
}

const opening = performance.now()
await engine.openCase(resolve(folder))
await Promise.all(page(everything))
console.log(`  reopen to the first page                             ${(performance.now() - opening).toFixed(0)} ms`)
const [top] = await engine.values('user.name', '', 1)
const filters: [string, Filter][] = [
  ['no filter', everything],
  ['one category', oneOf('event.category', 'iam')],
  ['failures', oneOf('event.outcome', 'failure')],
  ['one user', oneOf('user.name', top?.value ?? '')],
  ['not one action', { kind: 'not', of: oneOf('event.action', 'LOGIN') }]
]
for (const [name, filter] of filters)
  await timed(`page, histogram, total, 8 facets: ${name}`, () => Promise.all(page(filter)))
await timed('200 rows at offset 500,000', () =>
  engine.ask({ select: 'rows', filter: everything, fields: rows, limit: 200, offset: 500_000 })
)
await timed('places of the map', () => engine.ask({ select: 'places', filter: everything, cell: 5 }))
await engine.closeCase()
rmSync(home, { recursive: true, force: true })
