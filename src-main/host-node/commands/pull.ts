import type { PullProgress, PullReport, StreamBooks } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { isoTime } from '../../contract/instant'
import { periodOf } from '../../contract/period'
import type { Engine } from '../../contract/rpc'
import { type Call, type Command, caseOption, type ExitCode, jsonOption, wholeNumber } from '../command'
import { byteText, grouped } from '../numbers'
import { printable } from '../printable'
import { openOrCreate, startEngine } from '../session'
import { table } from '../table'
import { unlockFor } from '../unlock'

export default {
  usage:
    '<connection> --case <folder> [--since <time>] [--until <time>] [--stream <a,b>] [--follow <seconds>] [--resume]',
  about:
    'Pulls the audit log of a connected product into a case, which is made if need be: its answers as they came, hashed, then imported. Without --since it brings what came since the last pull.',
  options: {
    case: caseOption,
    since: { type: 'string', value: '<time>', about: 'events from then on: 2026-03-01, 2026-03-01T09:00Z' },
    until: { type: 'string', value: '<time>', about: '… to then' },
    stream: {
      type: 'string',
      value: '<names>',
      about: 'these streams only, with commas between; see `spoor connections types`'
    },
    follow: { type: 'string', value: '<seconds>', about: 'go on asking every so many seconds, until Ctrl-C' },
    resume: { type: 'boolean', about: 'go on with the last pull of this connection that was interrupted' },
    json: jsonOption
  },
  notes: `Ctrl-C ends a pull: what came stays, what did not is told. Exits with 1 when it failed or was ended, with 3 when stretches are
missing, a part could not be imported, or the product said it has more events than came. A connection that is sent its events listens
until Ctrl-C, and is complete then.`,
  async run(call) {
    const [name, ...rest] = call.words
    if (name === undefined) throw new AppError('usage', 'Which connection? `spoor connections` lists those there are.')
    if (rest.length) throw new AppError('usage', `What is ${rest.join(' ')} for?`)
    const folder = call.need('case')
    const request = requestOf(call)
    let last: PullProgress | undefined
    /** Where it listens, until that was told. */
    let listens: string | undefined
    const engine = startEngine({
      importProgress: () => {},
      caseChanged: () => {},
      workChanged: () => {},
      pullProgress: (progress) => {
        last = progress
        if (listens !== undefined && progress.state === 'listening') {
          call.terminal.err(printable(`${progress.name} listens at ${listens} until Ctrl-C.`))
          listens = undefined
        }
        call.terminal.status(statusOf(progress))
      }
    })
    const connection = (await engine.connections()).find((one) => one.id === name || one.name === name)
    if (!connection)
      throw new AppError(
        'connection_unknown',
        `There is no connection “${name}”. \`spoor connections\` lists those there are.`
      )
    await unlockFor(engine, connection)
    const { undo } = await openOrCreate(engine, folder)
    listens = connection.listens
    const release = call.terminal.onInterrupt(() => {
      if (last) void engine.cancelPull(last.pull).catch(() => {})
    })
    let report: PullReport
    try {
      const resumed = call.has('resume') ? await interrupted(engine, connection.id) : undefined
      report = await (resumed ? engine.resumePull(resumed) : engine.pull({ connection: connection.id, ...request }))
    } finally {
      release()
      call.terminal.status('')
      const hasAsked = (await engine.pulls()).some(({ requests }) => requests > 0)
      await engine.closeCase()
      // A case that was made for a pull which asked for nothing is not left behind.
      if (!hasAsked) await undo()
    }
    return tell(call, report)
  }
} satisfies Command as Command

function requestOf(call: Call) {
  const [since, until] = [timeOf(call, 'since', 'from'), timeOf(call, 'until', 'to')]
  const streams = call
    .get('stream')
    ?.split(',')
    .map((one) => one.trim())
  const follow = call.get('follow') === undefined ? undefined : wholeNumber(call, 'follow', 0)
  if (follow !== undefined && until !== undefined)
    throw new AppError('usage', 'What has an end is not followed. Leave out --until, or --follow.')
  const changed = ['since', 'until', 'stream', 'follow'].find((option) => call.get(option) !== undefined)
  if (call.has('resume') && changed !== undefined)
    throw new AppError(
      'usage',
      `--resume goes on with a pull as it was begun. Leave out --${changed}, or begin a new one.`
    )
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(streams ? { streams } : {}),
    ...(follow === undefined ? {} : { follow })
  }
}

function timeOf(call: Call, option: 'since' | 'until', side: 'from' | 'to'): string | undefined {
  const given = call.get(option)
  if (given === undefined) return undefined
  const period = periodOf(given)
  if (period) return isoTime(period[side])
  throw new AppError('usage', `--${option}: ${given} is no time. Write it as 2026-03-09 or 2026-03-09T09:41Z.`)
}

async function interrupted(engine: Engine, connection: string): Promise<string> {
  const own = (await engine.pulls()).filter((one) => one.connection === connection)
  const last = own.at(-1)
  if (last && last.state !== 'complete') return last.id
  throw new AppError(
    'pull_unknown',
    'There is no pull of this connection in the case that could be resumed. Leave out --resume to begin one.'
  )
}

async function tell(call: Call, report: PullReport): Promise<ExitCode> {
  const { terminal } = call
  if (call.has('json')) await terminal.out(`${JSON.stringify(report)}\n`)
  else if (report.streams.length) {
    const heads = ['Stream', 'Events', 'Repeated', 'Provider said', 'First', 'Last', 'Complete']
    const rows = report.streams.map((one) => [
      one.title,
      grouped(one.events),
      grouped(one.repeated),
      one.said === undefined ? '' : grouped(one.said),
      one.first ?? '',
      one.last ?? '',
      one.complete ? 'yes' : 'no'
    ])
    const columns = heads.map((title, at) => ({ title, right: at > 0 && at < 4 }))
    await terminal.out(table(columns, rows, terminal.columns))
  }
  for (const note of report.notes) terminal.err(printable(note))
  for (const { title, missing } of report.streams)
    for (const { from = 'the beginning', to = 'now', why } of missing)
      terminal.err(printable(`${title}: nothing from ${from} to ${to}: ${why}`))
  for (const one of report.streams)
    if (lacks(one))
      terminal.err(
        printable(`${one.title}: the provider said ${grouped(one.said as number)}, ${grouped(one.events)} came.`)
      )
  for (const { path, message } of report.refused) terminal.err(printable(`${path} was not imported: ${message}`))
  if (report.fault !== undefined) terminal.err(printable(report.fault))
  const events = report.streams.reduce((sum, one) => sum + one.events, 0)
  const retries = report.retries ? `, ${grouped(report.retries)} of them made again` : ''
  terminal.err(
    `${grouped(events)} events, ${byteText(report.bytes)} in ${grouped(report.requests)} requests${retries}: ${report.state}.`
  )
  if (report.state === 'failed' || report.state === 'canceled' || report.state === 'interrupted') return 1
  const clean = report.refused.length === 0 && report.streams.every((one) => one.complete && !lacks(one))
  return clean ? 0 : 3
}

const lacks = ({ said, events }: StreamBooks): boolean => said !== undefined && said > events

function statusOf({
  state,
  stream,
  events,
  imported,
  requests,
  bytes,
  eventsPerSecond,
  at,
  waitsUntil,
  why
}: PullProgress): string {
  const rate = `${grouped(events)} events (${grouped(imported)} in the case), ${grouped(eventsPerSecond)}/s, ${byteText(bytes)}, ${grouped(requests)} requests`
  const wait = waitsUntil === undefined ? '' : ` until ${waitsUntil}: ${why ?? ''}`
  return printable(`${state}${wait} ${stream ?? ''} ${at === undefined ? '' : `at ${at} `}${rate}`)
}
