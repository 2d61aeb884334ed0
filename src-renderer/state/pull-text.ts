import type { PullProgress, PullReport, PullState, StreamBooks } from '../../src-main/contract/connect'
import { bytes, count, counted, minuteTime } from './format'
import type { Notice } from './notices.svelte'

const total = (report: PullReport, part: 'events' | 'repeated') =>
  report.streams.reduce((sum, stream) => sum + stream[part], 0)

/** How many events a pull brought, each counted once. */
export const eventsOf = (report: PullReport): number => total(report, 'events')
export const repeatedOf = (report: PullReport): number => total(report, 'repeated')

/** How far a pull is of which only the report is at hand: the window was opened after it began. */
export const progressOf = (report: PullReport): PullProgress => ({
  pull: report.id,
  connection: report.connection,
  name: report.name,
  state: report.state,
  requests: report.requests,
  events: eventsOf(report),
  repeated: repeatedOf(report),
  bytes: report.bytes,
  eventsPerSecond: 0,
  imported: report.parts.reduce((sum, part) => sum + part.events, 0)
})

/** Whether the provider counts otherwise than we hold. */
export const differs = ({ said, events }: Pick<StreamBooks, 'said' | 'events'>): boolean =>
  said !== undefined && said !== events

/** How many stretches of time were asked for and did not come. */
export const missingOf = (report: PullReport): number =>
  report.streams.reduce((sum, { missing }) => sum + missing.length, 0)

/** A pull that came to its end with nothing left open. */
export const isClean = (report: PullReport): boolean =>
  report.state === 'complete' &&
  missingOf(report) === 0 &&
  report.refused.length === 0 &&
  !report.streams.some((stream) => differs(stream))

/** What a pull came to, in words; nothing of one that was only interrupted. */
export function pullNotice(report: PullReport): Omit<Notice, 'id' | 'action'> | null {
  const { state, name, fault, streams, notes, refused } = report
  const came = eventsOf(report) > 0
  const events = counted(eventsOf(report), 'event')
  const said = streams
    .filter((stream) => differs(stream))
    .map(
      ({ title, said, events }) => `${title}: ${report.name} said ${count(said ?? 0)}, the case holds ${count(events)}.`
    )
  const missing = missingOf(report)
  const refusals = refused.map(({ message }) => message)
  const lines = [
    ...said,
    ...(missing > 0 ? [`${counted(missing, 'stretch', 'stretches')} of time did not come.`] : []),
    ...refusals,
    ...notes
  ]
  switch (state) {
    case 'complete':
      return { kind: isClean(report) ? 'done' : 'warning', title: `Pulled ${name}: ${events}`, lines }
    case 'canceled':
      return {
        kind: 'done',
        title: `Pull of ${name} ended`,
        lines: [
          ...refusals,
          ...(refusals.length > 0 ? [] : [came ? `${events} that came are in the case.` : 'Nothing came of it.'])
        ]
      }
    case 'failed':
      return {
        kind: 'failure',
        title: `The pull of ${name} stopped`,
        lines: [
          ...(fault === undefined ? [] : [fault]),
          ...refusals,
          ...(came && refusals.length === 0 ? [`${events} that came before are in the case.`] : [])
        ]
      }
    default:
      return null
  }
}

/** How far a pull is, from 0 to 1; null where that cannot be told. */
export function shareOf({ state, at, since, until, order, said, events }: PullProgress): number | null {
  if (state === 'importing' || state === 'complete') return 1
  if (state === 'following' || state === 'listening' || state === 'checking') return null
  if (said !== undefined && said > 0) return Math.min(1, events / said)
  if (at === undefined || since === undefined || until === undefined) return null
  const [from, to, now] = [since, until, at].map((time) => Date.parse(time)) as [number, number, number]
  const done = order === 'newest' ? to - now : now - from
  return Math.min(1, Math.max(0, done / Math.max(1, to - from)))
}

/** What a pull is at, in a word. */
export const doing: Readonly<Record<PullState, string>> = {
  checking: 'Checking',
  pulling: 'Pulling',
  waiting: 'Waiting',
  paused: 'Paused',
  importing: 'Importing',
  following: 'Following',
  listening: 'Listening',
  complete: 'Complete',
  canceled: 'Ended early',
  failed: 'Stopped',
  interrupted: 'Interrupted'
}

/** How many of the events that came are in the case: of those imported, some came more than once. */
export const inCase = ({ events, imported }: Pick<PullProgress, 'events' | 'imported'>): number =>
  Math.min(events, imported)

/** Whether events come now, so that their rate tells something. */
export const comes = ({ state }: Pick<PullProgress, 'state'>): boolean =>
  state === 'pulling' || state === 'following' || state === 'listening'

/** A reason that stands in a line of its own. */
export const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]["”]?$/.test(text) ? '' : '.'}`

/** The figures of a pull that runs, the most telling first. */
export function pullFacts(progress: PullProgress, zone: string): readonly string[] {
  const { events, eventsPerSecond, requests, repeated, at, order, said, state } = progress
  const came = said === undefined ? counted(events, 'event') : `${count(events)} of ${count(said)} events`
  return [
    came,
    ...(comes(progress) && eventsPerSecond >= 1 ? [`${count(Math.round(eventsPerSecond))} a second`] : []),
    ...(at === undefined || state === 'following'
      ? []
      : [`${order === 'newest' ? 'back' : 'up'} to ${minuteTime(at, zone)}`]),
    `${count(inCase(progress))} in the case`,
    ...(repeated > 0 ? [`${count(repeated)} came twice`] : []),
    `${counted(requests, 'request')}, ${bytes(progress.bytes)}`
  ]
}
