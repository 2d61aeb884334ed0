// Packs one file in every way that is read, and prints the rate of its import beside the plain one: node out/bench/bench-containers.js <file>

import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { pack } from 'tar-stream'
import { zip } from '../test/engine/archives'

const file = process.argv[2] ?? ''
const size = statSync(file).size
const folder = `${file}.spoor`

/** Every way to pack it, and whether DuckDB reads that by itself. */
const ways: Record<string, { readonly make: (to: string) => Promise<void>; readonly duckdb: boolean }> = {
  '': { make: async () => {}, duckdb: true },
  '.gz': { make: (to) => pipeline(createReadStream(file), createGzip(), createWriteStream(to)), duckdb: true },
  '.zst': { make: zstd, duckdb: true },
  '.zip': {
    make: async (to) => writeFileSync(to, zip([{ name: 'log.json', bytes: readFileSync(file) }])),
    duckdb: false
  },
  '.tar.gz': { make: tarGzip, duckdb: false }
}

for (const [ending, { make, duckdb }] of Object.entries(ways)) {
  const packed = file + ending
  if (!existsSync(packed)) await make(packed)
  rmSync(folder, { recursive: true, force: true })
  const import_ = secondsOf(['scripts/spoor.cjs', 'import', packed, '--case', folder, '--json'])
  const plain = join(folder, '..', 'containers.duckdb')
  rmSync(plain, { force: true })
  const yard = duckdb ? secondsOf(['scripts/bench-yardstick.mjs', packed, plain]) : undefined
  const rate = (seconds: number) => `${(size / 1e6 / seconds).toFixed(0).padStart(4)} MB/s`
  const beside = yard === undefined ? 'DuckDB does not read it' : `DuckDB's read_json_auto ${rate(yard)}`
  console.log(
    `  ${(ending || 'plain').padEnd(8)} ${rate(import_)} of its ${(size / 1e6).toFixed(0)} MB unpacked; ${beside}`
  )
}
rmSync(folder, { recursive: true, force: true })

function secondsOf(args: readonly string[]): number {
  const started = performance.now()
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  return (performance.now() - started) / 1000
}

async function zstd(to: string): Promise<void> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const lines = `read_csv('${file}', columns={'line': 'VARCHAR'}, delim=chr(1), quote='', escape='', header=false, auto_detect=false)`
  await connection.run(
    `COPY (SELECT line FROM ${lines}) TO '${to}' (FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '', COMPRESSION zstd)`
  )
  connection.closeSync()
  instance.closeSync()
}

async function tarGzip(to: string): Promise<void> {
  const packing = pack()
  packing.entry({ name: 'log.json' }, readFileSync(file))
  packing.finalize()
  await pipeline(packing, createGzip(), createWriteStream(to))
}
