import { AppError } from '../contract/errors'
import { type Command, commandHelp, type ExitCode, parseCall } from './command'
import compare from './commands/compare'
import connections from './commands/connections'
import context from './commands/context'
import count from './commands/count'
import coverage from './commands/coverage'
import history from './commands/history'
import importCommand from './commands/import'
import ledger from './commands/ledger'
import mark from './commands/mark'
import marks from './commands/marks'
import names from './commands/names'
import open from './commands/open'
import pull from './commands/pull'
import search from './commands/search'
import serve from './commands/serve'
import show from './commands/show'
import sources from './commands/sources'
import sql from './commands/sql'
import verify from './commands/verify'
import { version } from './installation'
import { printable } from './printable'
import { processTerminal, type Terminal } from './terminal'

const commands: Readonly<Record<string, Command>> = {
  import: importCommand,
  connections,
  pull,
  search,
  count,
  compare,
  show,
  history,
  context,
  mark,
  marks,
  sql,
  names,
  sources,
  ledger,
  coverage,
  verify,
  serve,
  open
}

const help = `spoor <command> … : who did what, to what, when, from where, and what changed.

${Object.entries(commands)
  .map(([name, { about }]) => `  ${name.padEnd(11)}  ${about}`)
  .join('\n')}

spoor <command> --help says more. Data goes to stdout, messages to stderr; --json prints one JSON document.
Exits with 0: done, 1: an error the message explains, 2: wrong usage, 3: done but not clean.
`

async function run([name, ...args]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await terminal.out(help)
    return name === undefined ? 2 : 0
  }
  if (name === '--version') {
    await terminal.out(`${version}\n`)
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new AppError('usage', `There is no command ${name}. \`spoor --help\` lists them.`)
  if (args.includes('--help') || args.includes('-h')) {
    await terminal.out(commandHelp(name, command))
    return 0
  }
  return command.run(parseCall(command, args, terminal))
}

function explain(error: unknown, terminal: Terminal): ExitCode {
  if (!(error instanceof AppError)) {
    terminal.err(`This is a bug of Spoor's: ${error instanceof Error ? error.stack : String(error)}`)
    return 1
  }
  terminal.err(error.message.split('\n').map(printable).join('\n'))
  if (error.code === 'usage') terminal.err('--help says how it is used.')
  return error.code === 'usage' ? 2 : 1
}

const terminal = processTerminal()
process.exitCode = await run(process.argv.slice(2), terminal).catch((error: unknown) => explain(error, terminal))
// What the engine keeps open, its database and its threads, must not keep the process.
process.exit()
