// Measures the claims of the README, as ratios within one run: node scripts/bench.mjs [part ...] [--events n] [--rounds n] [--sizes n,n] [--minutes n]
// Parts: import, readers, containers, pull, search, scroll, peers; without one, all of them.

import { existsSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileOf } from './bench-cases.mjs'
import { data, median, run } from './bench-run.mjs'
import { installIfNeeded } from './install.mjs'
import { root } from './run.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '10' },
    sizes: { type: 'string', default: '1000000,5000000,10000000' }
  }
})
const events = Number(values.events)
const rounds = Number(values.rounds)
const wants = (part) => positionals.length === 0 || positionals.includes(part)
const two = (value) => value.toFixed(2)

await installIfNeeded()
const { build } = await import('vite')
await run(process.execPath, ['scripts/build.mjs'])
for (const script of ['coming', 'containers', 'pull', 'search', 'questions']) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: `scripts/bench-${script}.ts`, outDir: 'out/bench', emptyOutDir: false, target: 'node20.19' },
    ssr: { noExternal: true, external: ['@duckdb/node-api'] }
  })
}

console.log(
  `${events.toLocaleString('en')} events, medians of ${rounds} rounds; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.versions.node}`
)
async function imports(shape) {
  const file = await fileOf(events, shape)
  const size = statSync(file).size
  const folder = join(data, `${shape}.spoor`)
  const plain = join(data, 'plain.duckdb')
  const ours = []
  const yard = []
  for (let round = 0; round < rounds; round++) {
    rmSync(plain, { force: true })
    yard.push(await run(process.execPath, ['scripts/bench-yardstick.mjs', file, plain]))
    rmSync(folder, { recursive: true, force: true })
    ours.push(await run(process.execPath, ['scripts/spoor.cjs', 'import', file, '--case', folder, '--json']))
  }
  const [line] = JSON.parse(ours[0].output).evidence
  const ratio = median(ours.map((one, index) => one.seconds / yard[index].seconds))
  console.log(`\n${shape}: ${(size / 1e6).toFixed(0)} MB in one file, ${line.source}`)
  console.log(
    `  balanced: ${line.balanced}; ${line.records.toLocaleString('en')} records = ${line.events.toLocaleString('en')} events + ${line.undated} undated + ${line.unreadable} unreadable + ${line.blank} blank`
  )
  console.log(
    `  import, with copy, SHA-256, places, ledger, geo-IP   ${two(median(ours.map((one) => one.seconds)))} s, ${median(ours.map((one) => one.peak)).toFixed(0)} MB at most`
  )
  console.log(
    `  CREATE TABLE AS SELECT * FROM read_json_auto         ${two(median(yard.map((one) => one.seconds)))} s, ${median(yard.map((one) => one.peak)).toFixed(0)} MB at most`
  )
  console.log(`  ratio                                                ${two(ratio)}`)
  const cpu = (runs) => median(runs.map((one) => one.cpu))
  console.log(
    `  processor time, ours and its                         ${two(cpu(ours))} s, ${two(cpu(yard))} s: ${two(cpu(ours) / cpu(yard))}`
  )
  console.log(
    `  case without evidence, of the file                   ${two(statSync(join(folder, 'case.duckdb')).size / size)}  (plain table ${two(statSync(plain).size / size)})`
  )
  console.log((await run(process.execPath, ['out/bench/bench-coming.js', file])).output)
}

if (wants('import')) for (const shape of ['mixed', 'authentik']) await imports(shape)

if (wants('readers')) {
  const { readers, sources } = await import('./bench-readers.mjs')
  await readers(2000)
  await sources(8)
}

if (wants('containers')) {
  const packed = join(data, 'containers.ndjson')
  const some = Math.min(events, 260_000)
  if (!existsSync(packed)) await run(process.execPath, ['scripts/bench-data.mjs', packed, String(some), 'mixed'])
  console.log(`\n${some.toLocaleString('en')} events packed in one file, imported`)
  console.log((await run(process.execPath, ['out/bench/bench-containers.js', packed])).output)
}

if (wants('pull')) {
  for (const delay of [5, 20]) {
    console.log(`\n100,000 events pulled in 1,000 pages, from a server that needs ${delay} ms for each`)
    console.log(
      (await run(process.execPath, ['out/bench/bench-pull.js', '1000', String(rounds), String(delay)])).output
    )
  }
}

if (wants('search')) {
  const { search } = await import('./bench-search.mjs')
  await search(values.sizes.split(',').map(Number))
}

if (wants('scroll')) await (await import('./bench-scroll.mjs')).scroll(events, Number(values.minutes))

if (wants('peers')) await (await import('./bench-peers.mjs')).peers(events)
