import { readFileSync } from 'node:fs'
import { AppError } from '../../contract/errors'
import type { SourceInfo } from '../../contract/source-preview'
import { type Call, type Command, type ExitCode, jsonOption } from '../command'
import { printable } from '../printable'
import { startEngine } from '../session'
import { table } from '../table'
import { trySource } from '../try-source'

export default {
  usage: '[--new <file> | --try <definition> [<file>] | --add <definition> | --show <id> | --remove <id>]',
  about:
    'What can be read and is recognised without being asked, and definitions of your own. Anything else in CSV or JSON is read by guessing.',
  options: {
    new: { type: 'string', value: '<file>', about: 'print a definition to begin with, guessed from a log' },
    try: {
      type: 'string',
      value: '<definition>',
      about: 'print what a definition makes of the first twenty records of a log, or of its own samples'
    },
    add: { type: 'string', value: '<definition>', about: 'keep a definition as your own; imports use it from then on' },
    show: { type: 'string', value: '<id>', about: 'print a definition' },
    remove: {
      type: 'string',
      value: '<id>',
      about: 'take an own definition away; one of Spoor’s with that id is used again'
    },
    json: jsonOption
  },
  notes:
    'A definition is a YAML file. Exits with 3 when values of --try did not convert, or when an own definition is faulty.',
  async run(call) {
    const asked = (['new', 'try', 'add', 'show', 'remove'] as const).filter((name) => call.get(name) !== undefined)
    if (asked.length > 1) throw new AppError('usage', `--${asked[0]} and --${asked[1]} are not done in one go.`)
    const [action] = asked
    if (call.words.length > (action === 'try' ? 1 : 0)) throw new AppError('usage', `What is ${call.words.at(-1)} for?`)
    return action === undefined ? list(call) : actions[action](call, call.get(action) as string)
  }
} satisfies Command as Command

const actions: Readonly<
  Record<'new' | 'try' | 'add' | 'show' | 'remove', (call: Call, what: string) => Promise<ExitCode>>
> = {
  async new({ terminal }, path) {
    const { yaml, said } = await startEngine().newSource({ path })
    await terminal.out(yaml)
    terminal.err(`Guessed: ${printable(said)}`)
    return 0
  },
  try: (call, definition) => trySource(call, textOf(definition), call.words[0]),
  async add({ terminal }, definition) {
    const { id, file, origin } = await startEngine().saveSource(textOf(definition))
    terminal.err(
      `${id} is kept as ${file}${origin === 'replaces' ? ', in the place of the one that comes with Spoor' : ''}.`
    )
    return 0
  },
  async show({ terminal }, id) {
    await terminal.out(await startEngine().sourceText(id))
    return 0
  },
  async remove({ terminal }, id) {
    const engine = startEngine()
    await engine.removeSource(id)
    const again = (await engine.sources()).some((one) => one.id === id)
    terminal.err(again ? `${id} is again the one that comes with Spoor.` : `${id} is taken away.`)
    return 0
  }
}

async function list(call: Call): Promise<ExitCode> {
  const sources = await startEngine().sources()
  const { out, err, columns } = call.terminal
  if (call.has('json')) await out(`${JSON.stringify({ sources })}\n`)
  else {
    const heads = ['Source', 'Title', 'Vendor', 'Reads', 'From'].map((title) => ({ title }))
    const rows = sources.map((one) => [one.id, one.title, one.vendor, one.reads, from[one.origin]])
    await out(table(heads, rows, columns))
  }
  for (const { fault } of sources) if (fault) err(printable(fault))
  return sources.some(({ fault }) => fault) ? 3 : 0
}

const from: Readonly<Record<SourceInfo['origin'], string>> = {
  shipped: 'Spoor',
  own: 'your own',
  replaces: 'your own, in place of Spoor’s'
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read'
    throw new AppError('file_missing', `${path} ${why}.`, { file: path })
  }
}
