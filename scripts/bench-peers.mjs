import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf } from './bench-cases.mjs'
import { data, run } from './bench-run.mjs'

const has = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined

/** What is asked of a file of authentik's log, in the words of each program: the most frequent values of a field, of some of the events. */
const fields = {
  action: { path: '$.action', jq: '.action', spoor: 'event.action' },
  actor: { path: '$.user.username', jq: '.user.username', spoor: 'user.name' },
  address: { path: '$.client_ip', jq: '.client_ip', spoor: 'source.ip' },
  object: { path: '$.context.model.name', jq: '.context.model.name', spoor: 'resource.name' }
}
const only = {
  all: { sql: '1', jq: 'true', spoor: '' },
  failed: { sql: "action = 'login_failed'", jq: '.action == "login_failed"', spoor: 'event.action=login_failed' },
  deleted: { sql: "action = 'model_deleted'", jq: '.action == "model_deleted"', spoor: 'event.action=model_deleted' },
  alices: {
    sql: "actor LIKE 'alice%'",
    jq: '(.user.username // "") | startswith("alice")',
    spoor: 'user.name:alice*'
  }
}
const questions = [
  ['actor', 'all'],
  ['action', 'all'],
  ['address', 'all'],
  ['actor', 'failed'],
  ['address', 'failed'],
  ['actor', 'deleted'],
  ['object', 'deleted'],
  ['action', 'alices'],
  ['address', 'alices'],
  ['object', 'alices']
].map(([by, where]) => ({ by, of: fields[by], where: only[where] }))
const asSql = ({ by, where }) =>
  `SELECT ${by}, count(*) AS n FROM events WHERE ${where.sql} GROUP BY 1 ORDER BY 2 DESC LIMIT 10;`

/** Other programs on the same file: how long from the file to the first answer, and to the tenth, each asked one after the other. */
export async function peers(events = 1_000_000) {
  const file = await fileOf(events, 'authentik')
  console.log(
    `\n${events.toLocaleString('en')} events in one file: from the file to the first answer, to the tenth, and most memory`
  )
  const all = { Spoor: spoor, sqlite3: sqlite, lnav, jq }
  for (const [program, ask] of Object.entries(all)) {
    if (program !== 'Spoor' && !has(program)) {
      console.log(`  ${program.padEnd(12)} is not installed here: apt-get install ${program}`)
      continue
    }
    const [first, tenth] = await ask(file)
    const peak = Math.max(first.peak, tenth.peak).toFixed(0)
    console.log(
      `  ${program.padEnd(12)} ${first.seconds.toFixed(1).padStart(7)} s ${tenth.seconds.toFixed(1).padStart(7)} s ${peak.padStart(6)} MB`
    )
  }
}

/** The application's engine asks within one run, as its window does. */
async function spoor(file) {
  const folder = join(data, 'peer.spoor')
  rmSync(folder, { recursive: true, force: true })
  const imported = await run(process.execPath, ['scripts/spoor.cjs', 'import', file, '--case', folder, '--json'])
  const ask = (some) =>
    run(process.execPath, [
      'out/bench/bench-questions.js',
      folder,
      JSON.stringify(some.map(({ of, where }) => [of.spoor, where.spoor]))
    ])
  const first = after(imported, await ask(questions.slice(0, 1)))
  const tenth = after(imported, await ask(questions))
  rmSync(folder, { recursive: true, force: true })
  return [first, tenth]
}

/** Columns taken out of the records once, and an index on each. */
async function sqlite(file) {
  const database = join(data, 'peer.sqlite')
  rmSync(database, { force: true })
  const columns = Object.entries(fields).map(([name, { path }]) => `json_extract(line, '${path}') AS ${name}`)
  const load = [
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;',
    'CREATE TABLE log (line TEXT);',
    '.mode ascii',
    '.separator "\\037" "\\n"',
    `.import '${file}' log`,
    `CREATE TABLE events AS SELECT ${columns.join(', ')} FROM log;`,
    ...Object.keys(fields).map((name) => `CREATE INDEX by_${name} ON events (${name});`)
  ]
  const loaded = await run('sqlite3', [database, ...load])
  const first = after(loaded, await run('sqlite3', [database, asSql(questions[0])]))
  const tenth = after(loaded, await run('sqlite3', [database, ...questions.map(asSql)]))
  rmSync(database, { force: true })
  return [first, tenth]
}

async function lnav(file) {
  const home = join(data, 'lnav')
  const formats = join(home, 'formats', 'authentik')
  mkdirSync(formats, { recursive: true })
  const value = Object.fromEntries(['action', 'client_ip', 'pk'].map((name) => [name, { kind: 'string' }]))
  const nested = { user: { kind: 'json' }, context: { kind: 'json' } }
  const format = {
    title: 'authentik',
    json: true,
    'hide-extra': true,
    'line-format': [{ field: '__timestamp__' }, ' ', { field: 'action' }],
    'timestamp-field': 'created',
    'body-field': 'message',
    value: { ...value, ...nested }
  }
  writeFileSync(
    join(formats, 'format.json'),
    JSON.stringify({ $schema: 'https://lnav.org/schemas/format-v1.schema.json', authentik: format })
  )
  const view =
    ";CREATE TEMP VIEW events AS SELECT action, jget(user, '/username') AS actor, client_ip AS address, jget(context, '/model/name') AS object FROM authentik"
  const ask = (some) =>
    run('lnav', ['-n', '-I', home, '-c', view, ...some.flatMap((one) => ['-c', `;${asSql(one)}`]), file])
  return [await ask(questions.slice(0, 1)), await ask(questions)]
}

/** One pass over the file for each question, as one types it. */
async function jq(file) {
  const ask = ({ of, where }) =>
    run('sh', [
      '-c',
      `jq -r 'select(${where.jq}) | ${of.jq} // "-"' "$1" | sort | uniq -c | sort -rn | head`,
      'jq',
      file
    ])
  const first = await ask(questions[0])
  let all = first
  for (const one of questions.slice(1)) all = after(all, await ask(one))
  return [first, all]
}

const after = (before, now) => ({ seconds: before.seconds + now.seconds, peak: Math.max(before.peak, now.peak) })
