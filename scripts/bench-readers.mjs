// The rate at which each shape of a log is read, beside DuckDB alone, and the most memory that takes; then the rate per source:
// node scripts/bench-readers.mjs [megabytes] [megabytes per source]
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { data, run } from './bench-run.mjs'
import { root } from './run.mjs'

const shapes = { records: 'json', pretty: 'json', syslog: 'log', csv: 'csv' }
const perEvent = 1374

async function imported(file) {
  const folder = join(data, 'readers.spoor')
  rmSync(folder, { recursive: true, force: true })
  const { output, peak } = await run(process.execPath, [
    'scripts/spoor.cjs',
    'import',
    file,
    '--case',
    folder,
    '--json'
  ])
  const [line] = JSON.parse(output).evidence
  return { ...line, peak, rate: line.bytes / line.seconds / 1e6 }
}

async function alone(file) {
  const database = join(data, 'plain.duckdb')
  rmSync(database, { force: true })
  const { seconds } = await run(process.execPath, ['scripts/bench-yardstick.mjs', file, database])
  return statSync(file).size / seconds / 1e6
}

const told = (name, { rate, peak, balanced, events }, of) =>
  `  ${name.padEnd(34)} ${rate.toFixed(0).padStart(5)} MB/s ${of.padEnd(26)} ${peak.toFixed(0).padStart(5)} MB at most   ${events.toLocaleString('en')} events${balanced ? '' : ', NOT BALANCED'}`

/** Files of so many megabytes in each shape, beside the same events as JSON lines. */
export async function readers(megabytes) {
  const events = Math.round((megabytes * 1e6) / perEvent)
  const lines = join(data, `readers-${events}.ndjson`)
  if (!existsSync(lines)) await run(process.execPath, ['scripts/bench-data.mjs', lines, String(events), 'cloudtrail'])
  console.log(`\nreaders: ${events.toLocaleString('en')} events in each shape`)
  const yard = await alone(lines)
  const plain = await imported(lines)
  console.log(told('JSON lines', plain, `${(plain.rate / yard).toFixed(2)} of DuckDB alone`))
  for (const [shape, ending] of Object.entries(shapes)) {
    const file = join(data, `readers-${events}.${shape}.${ending}`)
    if (!existsSync(file)) await run(process.execPath, ['scripts/bench-shapes.mjs', lines, file, shape])
    const read = await imported(file)
    console.log(told(shape, read, `${(read.rate / plain.rate).toFixed(2)} of JSON lines`))
    if (shape === 'csv')
      console.log(`  ${'csv, by DuckDB alone'.padEnd(34)} ${(await alone(file)).toFixed(0).padStart(5)} MB/s`)
    rmSync(file)
  }
  rmSync(lines)
}

/** Each source's samples, over and over with other ids, as a file of so many megabytes. */
export async function sources(megabytes) {
  console.log(`\nsources: ${megabytes} MB of each one's samples`)
  const folder = join(root, 'resources', 'sources')
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.yaml'))) {
    const { id, samples } = parse(readFileSync(join(folder, name), 'utf8'))
    const table = !samples.every(({ record }) => record.startsWith('{'))
    const [header] = table && samples[0].record.includes(',') ? samples[0].record.split('\n') : []
    const texts = samples.map(({ record }) => (header ? record.slice(record.indexOf('\n') + 1) : record).trimEnd())
    const file = join(data, `source.${header ? 'csv' : 'log'}`)
    let text = header ? `${header}\n` : ''
    for (let n = 0; text.length < megabytes * 1e6; n++) text += `${renumbered(texts[n % texts.length], n)}\n`
    writeFileSync(file, text)
    try {
      const yard = header || !table ? await alone(file) : undefined
      const read = await imported(file)
      console.log(told(id, read, yard === undefined ? '' : `${(read.rate / yard).toFixed(2)} of DuckDB alone`))
    } catch (error) {
      console.log(`  ${id.padEnd(34)} ${error.message.split('\n')[0]}`)
    }
    rmSync(file)
  }
}

/** The record with the beginning of each of its ids written anew. */
const renumbered = (text, n) =>
  text.replaceAll(/\b[0-9a-f]{8}(?=-[0-9a-f]{4}-)/g, n.toString(16).padStart(8, '0')).replaceAll(/\s*\n\s*/g, ' ')

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await readers(Number(process.argv[2] ?? 300))
  await sources(Number(process.argv[3] ?? 8))
}
