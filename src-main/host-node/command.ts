import { parseArgs } from 'node:util'
import { AppError } from '../contract/errors'
import type { Terminal } from './terminal'

/** 0 done, 1 an error the message explains, 2 wrong usage, 3 done but not clean. */
export type ExitCode = 0 | 1 | 2 | 3

interface Option {
  readonly type: 'string' | 'boolean'
  /** What stands for its value in the help. */
  readonly value?: string
  readonly about: string
}

export interface Command {
  /** What follows its name: `<path…> --case <folder>`. */
  readonly usage: string
  readonly about: string
  readonly options: Readonly<Record<string, Option>>
  /** More for its help: what it prints, when it exits with 3. */
  readonly notes?: string
  run(call: Call): Promise<ExitCode>
}

/** A command as it was typed. */
export interface Call {
  readonly words: readonly string[]
  /** Whether an option without a value was given. */
  has(option: string): boolean
  get(option: string): string | undefined
  /** The value of an option that has to be given. */
  need(option: string): string
  readonly terminal: Terminal
}

export const caseOption: Option = { type: 'string', value: '<folder>', about: 'the case, a folder' }
export const jsonOption: Option = { type: 'boolean', about: 'print one JSON document' }

/** What was typed after a command's name; what is not one of its options is wrong usage. */
export function parseCall(command: Command, args: readonly string[], terminal: Terminal): Call {
  const { values, positionals } = parse(command, args)
  const get = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    words: positionals,
    has: (name) => values[name] === true,
    get,
    need: (name) => {
      const value = get(name)
      if (!value) throw new AppError('usage', `--${name} ${command.options[name]?.value ?? ''} is needed.`)
      return value
    },
    terminal
  }
}

function parse(command: Command, args: readonly string[]) {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }]))
  try {
    return parseArgs({ args: [...protectedQuery(command, args)], options, allowPositionals: true })
  } catch (error) {
    throw new AppError('usage', (error as Error).message)
  }
}

/** A query may begin with a minus: `-event.outcome:*`. A single dash begins no option of ours, so it begins a word. */
function protectedQuery(command: Command, args: readonly string[]): readonly string[] {
  const named: string[] = []
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string
    if (arg === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    if (!arg.startsWith('--')) words.push(arg)
    else if (!arg.includes('=') && command.options[arg.slice(2)]?.type === 'string' && at + 1 < args.length) {
      named.push(`${arg}=${args[++at]}`)
    } else named.push(arg)
  }
  return [...named, '--', ...words]
}

/** The help of one command. */
export function commandHelp(name: string, command: Command): string {
  const options = Object.entries({ ...command.options, help: { type: 'boolean', about: 'this text' } as Option })
  const left = options.map(([option, { value }]) => `--${option}${value ? ` ${value}` : ''}`)
  const width = Math.max(...left.map((text) => text.length))
  const lines = options.map(([, { about }], at) => `  ${(left[at] ?? '').padEnd(width)}  ${about}`)
  const notes = command.notes ? `\n${command.notes}\n` : ''
  return `spoor ${name} ${command.usage}\n\n${command.about}\n\n${lines.join('\n')}\n${notes}`
}

/** A whole number of at least 0 given to an option. */
export function wholeNumber(call: Call, option: string, otherwise: number): number {
  const given = call.get(option)
  if (given === undefined) return otherwise
  if (!/^\d{1,9}$/.test(given)) throw new AppError('usage', `--${option}: ${given} is no whole number.`)
  return Number(given)
}

/** One of the values an option may have. */
export function oneOfThese<T extends string>(call: Call, option: string, values: readonly T[], otherwise: T): T {
  const given = call.get(option) ?? otherwise
  const value = values.find((one) => one === given)
  if (value === undefined) throw new AppError('usage', `--${option}: ${given} is none of ${values.join(', ')}.`)
  return value
}
