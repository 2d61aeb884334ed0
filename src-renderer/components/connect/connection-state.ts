import type { Connection, PullProgress, PullReport } from '../../../src-main/contract/connect'
import { counted, minuteTime } from '../../state/format'
import { doing } from '../../state/pull-text'

/** How a connection stands to the open case, in a few words, and whether that wants looking at. */
export function connectionState(
  { fault, id }: Connection,
  running: PullProgress | undefined,
  pulls: readonly PullReport[],
  zone: string
): { readonly text: string; readonly look: 'plain' | 'running' | 'wrong' } {
  if (fault !== undefined) return { text: 'Cannot be used', look: 'wrong' }
  if (running) return { text: `${doing[running.state]} · ${counted(running.events, 'event')}`, look: 'running' }
  const last = pulls.findLast((one) => one.connection === id)
  if (!last) return { text: 'Not in this case yet', look: 'plain' }
  if (last.state === 'failed') return { text: 'Last pull stopped', look: 'wrong' }
  if (last.state === 'interrupted') return { text: 'Last pull was interrupted', look: 'wrong' }
  const held = heldUpTo(last)
  return { text: held === undefined ? 'Pulled in part' : `Up to ${minuteTime(held, zone)}`, look: 'plain' }
}

/** Up to when all streams of a pull are held: that of which least is. */
export function heldUpTo({ streams }: PullReport): string | undefined {
  const reached = streams.map((stream) => stream.reached)
  return reached.some((one) => one === undefined) ? undefined : reached.toSorted()[0]
}

/** Up to when each stream of a connection is held, by all its pulls, oldest first: what lies behind a gap between them does not count. */
export function heldByStream(pulls: readonly PullReport[], connection: string): ReadonlyMap<string, string> {
  const held = new Map<string, string>()
  for (const { streams } of pulls.filter((one) => one.connection === connection))
    for (const { stream, since = '', reached } of streams) {
      const before = held.get(stream)
      const joins = before === undefined || since <= before
      if (reached !== undefined && joins && reached > (before ?? '')) held.set(stream, reached)
    }
  return held
}
