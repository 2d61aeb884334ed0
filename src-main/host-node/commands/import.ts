import { AppError } from '../../contract/errors'
import type { ImportProgress, ImportResult } from '../../contract/import'
import type { Times } from '../../contract/source'
import { zoneNamed } from '../../contract/zone'
import { type Call, type Command, caseOption, type ExitCode, jsonOption, oneOfThese } from '../command'
import { expandGlob } from '../glob'
import { ledgerJson } from '../ledger-json'
import { ledgerNotes, ledgerText } from '../ledger-text'
import { byteText, grouped } from '../numbers'
import { printable } from '../printable'
import { openOrCreate, startEngine } from '../session'

export default {
  usage: '<path…> --case <folder> [--source <id>] [--zone <zone>] [--dates dmy|mdy] [--again]',
  about:
    'Reads files, folders and globs into a case, which is made if need be. Each file is copied, hashed and accounted for.',
  options: {
    case: caseOption,
    as: {
      type: 'string',
      value: '<what>',
      about: 'directory: files of names for ids; log: a log, although it looks like a directory'
    },
    source: {
      type: 'string',
      value: '<id>',
      about: 'read as this source instead of recognising it; see `spoor sources`'
    },
    zone: {
      type: 'string',
      value: '<zone>',
      about: 'the zone of times that carry none, such as Europe/Berlin; they are read as UTC otherwise'
    },
    dates: {
      type: 'string',
      value: 'dmy|mdy',
      about: 'whether the day or the month comes first in dates such as 03/04/2026'
    },
    again: {
      type: 'boolean',
      about: 'read files whose bytes are in the case already once more, with the definitions as they are now'
    },
    json: jsonOption
  },
  notes:
    'Exits with 3 when a file was refused, a record was unreadable or the books of a file do not balance. Ctrl-C leaves nothing behind.',
  async run(call) {
    if (call.words.length === 0) throw new AppError('usage', 'Which file? A path is needed.')
    const folder = call.need('case')
    const paths = call.words.flatMap(expandGlob)
    const times = timesOf(call)
    const engine = startEngine({
      importProgress: (progress) => call.terminal.status(statusOf(progress)),
      caseChanged: () => {},
      workChanged: () => {},
      pullProgress: () => {}
    })
    let interrupted = false
    const release = call.terminal.onInterrupt(() => {
      interrupted = true
      void engine.cancelImport()
    })
    const { undo } = await openOrCreate(engine, folder)
    let result: ImportResult | undefined
    try {
      if (interrupted) throw new AppError('canceled', 'Canceled before anything was read.')
      result = await engine.importPaths({
        paths,
        ...sourceOf(call),
        ...asOf(call),
        times,
        ...(call.has('again') && { again: true as const })
      })
    } finally {
      release()
      call.terminal.status('')
      await engine.closeCase()
      // A case that was made for this import and got nothing is not left behind.
      if (!result?.evidence.length) await undo()
    }
    return report(call, result)
  }
} satisfies Command as Command

const asOf = (call: Call) =>
  call.get('as') === undefined ? {} : { as: oneOfThese(call, 'as', ['directory', 'log'], 'log') }

const sourceOf = (call: Call) => {
  const source = call.get('source')
  return source === undefined ? {} : { source }
}

function timesOf(call: Call): Times {
  const [zone, dates] = [call.get('zone'), call.get('dates')]
  if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy')
    throw new AppError('usage', `--dates is dmy (day first) or mdy (month first), not ${dates}.`)
  return { ...(zone === undefined ? {} : { zone: zoneNamed(zone) }), ...(dates === undefined ? {} : { dates }) }
}

const files = (count: number) => (count === 1 ? '1 file' : `${grouped(count)} files`)

async function report(call: Call, result: ImportResult): Promise<ExitCode> {
  const { terminal } = call
  const lines = result.evidence
  if (call.has('json')) await terminal.out(`${JSON.stringify(ledgerJson(lines, result.seconds))}\n`)
  else if (lines.length) await terminal.out(ledgerText(lines, terminal.columns))
  for (const note of ledgerNotes(lines)) terminal.err(printable(note))
  for (const { message } of result.refused) terminal.err(printable(message))
  if (result.canceled) terminal.err('Canceled. What was being read is not in the case.')
  else {
    const names = lines.reduce((sum, line) => sum + (line.already ? 0 : (line.names ?? 0)), 0)
    const also = names > 0 ? ` and ${grouped(names)} ${names === 1 ? 'name' : 'names'}` : ''
    const already = lines.filter((line) => line.already).length
    const rest = [
      ...(already ? [`nothing added of ${files(already)} that the case had already`] : []),
      ...(result.refused.length ? [`${files(result.refused.length)} not read`] : [])
    ]
    terminal.err([`${grouped(result.events)} events${also} in ${result.seconds.toFixed(1)} s`, ...rest].join('; '))
  }
  if (result.canceled || lines.length === 0) return 1
  const clean =
    result.refused.length === 0 &&
    lines.every(({ balanced, unreadable, already }) => already || (balanced && unreadable === 0))
  return clean ? 0 : 3
}

function statusOf({ path, file, files, phase, bytes, totalBytes, records, bytesPerSecond }: ImportProgress): string {
  const share = totalBytes > 0 ? `${Math.floor((bytes / totalBytes) * 100)} %` : ''
  const name = printable(path.split(/[/\\]/).at(-1) ?? path)
  const rate = `${byteText(bytes)} of ${byteText(totalBytes)}, ${byteText(bytesPerSecond)}/s, ${grouped(records)} records`
  return `${share} ${phase} ${file}/${files} ${name}: ${rate}`
}
