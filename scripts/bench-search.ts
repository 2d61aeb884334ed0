// Asks a case what a page asks, over the WebSocket of the loopback host, and the same of bare DuckDB: node out/bench/bench-search.js <case>
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { WebSocket as NodeSocket } from 'ws'
import type { Field } from '../src-main/contract/event'
import { everything, type Filter, not, oneOf } from '../src-main/contract/filter'
import type { Answers, Query } from '../src-main/contract/query'
import type { Engine } from '../src-main/contract/rpc'
import { DeepRows } from '../src-main/engine/query/deep-rows'
import { plainValue } from '../src-main/engine/query/plain'
import { answer } from '../src-main/engine/query/query-sql'
import type { Run } from '../src-main/engine/query/statement'
import { wordFields } from '../src-main/engine/query/words-fields'
import { connectBy, socketChannel } from '../src-renderer/connect'
import { browserHost } from '../src-renderer/host-browser'

const folder = resolve(process.argv[2] as string)
const root = resolve(import.meta.dirname, '../..')

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
const page = (filter: Filter): Query[] => [
  { select: 'rows', filter, fields: rows, limit: 100 },
  { select: 'count', filter },
  { select: 'timeline', filter, zone: 'UTC', bins: 120, by: 'event.category' },
  { select: 'facets', filter, by: facets, limit: 6 }
]

const ms = (value: number) => `${value.toFixed(0)} ms`
const part = (taken: readonly number[], of: number) =>
  [...taken].sort((a, b) => a - b)[Math.floor((taken.length - 1) * of)] as number
const say = (what: string, ...figures: string[]) => console.log(`  ${what.padEnd(46)} ${figures.join('   ')}`)
/** What the driver lays beside the same of another size. */
const note = (what: string, value: number) => console.log(`#${JSON.stringify({ what, value })}`)

async function timed(ask: () => Promise<unknown>, rounds = 15): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < rounds + 3; round++) {
    const started = performance.now()
    await ask()
    if (round >= 3) taken.push(performance.now() - started)
  }
  return taken
}

/** The loopback host as a process of its own, and its engine at the far end of a WebSocket. */
async function host(): Promise<{ readonly engine: Engine; readonly end: () => Promise<void> }> {
  const child = spawn(process.execPath, ['scripts/spoor.cjs', 'serve', '--case', folder, '--port', '0', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const address = await new Promise<string>((found, failed) => {
    child.stdout.on('data', (text) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/[^\s"]*/.exec(String(text)) ?? []
      if (url) found(url)
    })
    child.on('exit', (code) => failed(new Error(`the host ended with ${code}`)))
  })
  const { headers } = await fetch(address, { redirect: 'manual' })
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
  const { origin, port } = new URL(address)
  const open = () => {
    const socket = new NodeSocket(`ws://127.0.0.1:${port}/engine`, { headers: { cookie, origin } })
    return socketChannel(socket as unknown as WebSocket)
  }
  const { engine } = connectBy(open, browserHost(), 'The engine is gone.')
  const end = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.removeAllListeners('exit').once('exit', () => {})
    child.kill('SIGINT')
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5000))])
  }
  return { engine, end }
}

/** Words are looked for once only, so each is measured when it is new: until its newest page is there, and until its total is exact. */
async function look(engine: Engine, text: string) {
  const filter: Filter = { kind: 'words', text }
  const started = performance.now()
  let first = 0
  for (;;) {
    const [page, count] = (await Promise.all([
      engine.ask({ select: 'rows', filter, fields: rows, limit: 100 }, undefined, true),
      engine.ask({ select: 'count', filter }, undefined, true)
    ])) as [Answers['rows'] & { searched?: object }, Answers['count'] & { searched?: object }]
    if (!first && (page.rows.length > 0 || !page.searched)) first = performance.now() - started
    if (!count.searched) return { first, all: performance.now() - started, count: count.count }
  }
}

async function indexed(records: number): Promise<number> {
  const started = performance.now()
  const file = join(folder, 'search', 'index.json')
  for (;;) {
    const made = existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')).segments).length : 0
    if (made >= Math.floor(records / 122_880)) return performance.now() - started
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const { engine, end } = await host()
const state = await engine.caseState()
const records = state?.events ?? 0
const [top] = await engine.values('user.name', '', 1)
const { groups } = (await engine.ask({
  select: 'groups',
  filter: everything,
  by: ['source.geo.country_iso_code'],
  limit: 3
})) as Answers['groups']
const filters: [string, Filter][] = [
  ['no filter', everything],
  ['one category', oneOf('event.category', 'iam')],
  ['failures', oneOf('event.outcome', 'failure')],
  ['one user', oneOf('user.name', top?.value ?? '')],
  ['one country', oneOf('source.geo.country_iso_code', groups.find(({ key }) => key[0] !== null)?.key[0] ?? '')],
  ['not one action', not(oneOf('event.action', 'LOGIN'))]
]
const reopening = performance.now()
await engine.openCase(folder)
await Promise.all(page(everything).map((query) => engine.ask(query)))
const reopened = performance.now() - reopening
const ours = new Map<string, number[]>()
for (const [name, filter] of filters)
  ours.set(name, await timed(() => Promise.all(page(filter).map((query) => engine.ask(query)))))

const sample = (
  await engine.sql(`SELECT "trace.id", "event.id", _id FROM event LIMIT 1 OFFSET ${Math.floor(records * 0.7)}`, 1)
).rows[0]
const rare = String(sample?.[0] ?? sample?.[1])
const before = await look(engine, rare)
const common = []
for (const text of ['alice', 'farid', 'jamal']) common.push([text, await look(engine, text)] as const)
const columns = await timed(
  () =>
    engine.ask({
      select: 'count',
      filter: { kind: 'or', of: wordFields.map((field) => ({ kind: 'like', field, pattern: '*ines*' })) }
    }),
  3
)
const scrolled: number[] = []
for (let turn = 0; turn < 40; turn++) {
  const offset = Math.floor((((turn * 7919) % 40) / 40) * (records - 200))
  const started = performance.now()
  await engine.ask({ select: 'rows', filter: everything, fields: rows, limit: 200, offset })
  scrolled.push(performance.now() - started)
}
const places = await timed(() => engine.ask({ select: 'places', filter: everything, cell: 5 }), 5)
const index = await indexed(records)
await end()
// Once more, so that nothing is remembered.
const again = await host()
for (const text of ['grace', 'hiro']) common.push([text, await look(again.engine, text)] as const)
const found = []
for (const text of [rare, 'object-31337', 'no such thing']) found.push([text, await look(again.engine, text)] as const)
await again.end()

const instance = await DuckDBInstance.create(join(folder, 'case.duckdb'), { access_mode: 'READ_ONLY' })
const bare = await instance.connect()
const deep = new DeepRows()
const run: Run = async ({ sql, values }) => {
  const reader = await bare.runAndReadAll(sql, [...values])
  const names = reader.deduplicatedColumnNames()
  return reader.getRows().map((row) => Object.fromEntries(row.map((value, at) => [names[at], plainValue(value)])))
}
for (const [name, filter] of filters) {
  const taken = ours.get(name) as number[]
  const theirs = await timed(async () => {
    for (const query of page(filter)) await answer(query, run, deep)
  })
  const ratio = part(taken, 0.5) / part(theirs, 0.5)
  say(
    `page, bars, total, 8 facets: ${name}`,
    ms(part(taken, 0.5)),
    `p95 ${ms(part(taken, 0.95))}`,
    `bare DuckDB ${ms(part(theirs, 0.5))}`,
    `ratio ${ratio.toFixed(2)}`
  )
  note(`page: ${name}, p95`, part(taken, 0.95))
}
async function scan(connection: DuckDBConnection, condition: string) {
  const started = performance.now()
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM entry WHERE shown AND ${condition}`)
  return { taken: performance.now() - started, count: Number(reader.getRows()[0]?.[0]) }
}
for (const [text, { first, all, count }] of common) {
  const exact = await scan(bare, `contains(raw, '${text}')`)
  const folded = await scan(bare, `contains(lower(raw), '${text}')`)
  say(
    `words "${text}": newest page, exact total`,
    ms(first),
    ms(all),
    `bare scan ${ms(exact.taken)} (${(all / exact.taken).toFixed(2)}), of any case ${ms(folded.taken)} (${(all / folded.taken).toFixed(2)})`,
    count >= folded.count ? 'complete' : `MISSES ${folded.count - count}`
  )
  note(`words "${text}", newest page`, first)
  note(`words "${text}", exact total`, all)
}
say('a rare word, before it is indexed: exact total', ms(before.all))
say('index of words made in', `${(index / 1000).toFixed(0)} s more`)
for (const [text, { all, count }] of found) {
  const folded = await scan(bare, `contains(lower(raw), '${text}')`)
  say(
    `words "${text}", indexed: exact total`,
    ms(all),
    `${count} found`,
    count >= folded.count ? 'complete' : `MISSES ${folded.count - count}`
  )
  note(`words ${text === rare ? 'that are rare' : `"${text}"`}, indexed`, all)
}
say('part of a word in any column', ms(part(columns, 0.5)))
note('part of a word in any column', part(columns, 0.5))
say(
  '200 rows at any place',
  ms(part(scrolled, 0.5)),
  `p95 ${ms(part(scrolled, 0.95))}`,
  `at most ${ms(Math.max(...scrolled))}`
)
note('200 rows at any place, at most', Math.max(...scrolled))
say('places of the map', ms(part(places, 0.5)))
say('reopened to the first page', ms(reopened))
bare.closeSync()
instance.closeSync()
process.exit(0)
