// Measures the claims of the README, as ratios within one run: node scripts/bench.mjs [events] [rounds]

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { installIfNeeded } from './install.mjs'
import { root } from './run.mjs'

const events = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 3)
const data = join(root, 'bench-data')
mkdirSync(data, { recursive: true })

/** Runs a program to its end: seconds on the wall, and the most memory it held where the system tells. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SPOOR_HOME: join(data, 'home') }
    })
    let output = ''
    let peak = 0
    child.stdout.on('data', (text) => {
      output += text
    })
    const watching = setInterval(() => {
      peak = Math.max(peak, memoryOf(child.pid))
    }, 50)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearInterval(watching)
      if (code) reject(new Error(`${command} ${args.join(' ')}: exit ${code}`))
      else resolve({ seconds: (performance.now() - started) / 1000, peak, output })
    })
  })
}

/** The high water mark of a process and the one it started (the command line starts itself anew to set the thread pool), in MB. */
function memoryOf(pid) {
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
    const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean)
    return Math.max(own / 1000, ...children.map(memoryOf))
  } catch {
    return 0
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const two = (value) => value.toFixed(2)

await installIfNeeded()
const { build } = await import('vite')
await run(process.execPath, ['scripts/build.mjs'])
for (const script of ['queries', 'containers']) {
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
for (const shape of ['mixed', 'authentik']) {
  const file = join(data, `${shape}-${events}.ndjson`)
  if (!existsSync(file)) await run(process.execPath, ['scripts/bench-data.mjs', file, String(events), shape])
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
  console.log(
    `  case without evidence, of the file                   ${two(statSync(join(folder, 'case.duckdb')).size / size)}  (plain table ${two(statSync(plain).size / size)})`
  )
  console.log((await run(process.execPath, ['out/bench/bench-queries.js', folder])).output)
}

const packed = join(data, 'containers.ndjson')
const some = Math.min(events, 260_000)
if (!existsSync(packed)) await run(process.execPath, ['scripts/bench-data.mjs', packed, String(some), 'mixed'])
console.log(`\n${some.toLocaleString('en')} events packed in one file, imported`)
console.log((await run(process.execPath, ['out/bench/bench-containers.js', packed])).output)
