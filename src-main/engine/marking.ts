import type { EventMarks, MarkRequest, MarkResult } from '../contract/marks'
import { printFilter } from '../contract/query-text'
import { rowOf } from './event-id'
import type { MarkTarget } from './marks/marking-sql'
import type { OpenedCase } from './opened-case'
import { user } from './user'

/** So many events are named in the chain of custody; of more, how many there were. */
const mostNamed = 100
/** What a marking looks for words under. */
const ticket = 'marking'

/** Marks events, or takes marks off them, and says so in the chain of custody. */
export async function markEvents(opened: OpenedCase, { on, marking }: MarkRequest, at: Date): Promise<MarkResult> {
  const query = 'filter' in on ? printFilter(on.filter) : undefined
  const mark = (target: MarkTarget) => opened.marks.mark(target, marking, { by: user(), at })
  const { change, events, ...made } = await ('filter' in on
    ? opened.asking.found(on.filter, (filter) => mark({ filter, query: query ?? '' }), ticket)
    : mark({ rows: [...new Set(on.events.map((id) => rowOf(opened.of, id).row))] }))
  const ids = 'events' in on ? on.events.slice(0, mostNamed) : undefined
  if (events > 0) await opened.tell('marked', { change, events, ...made.marking, ...(ids ? { ids } : { query }) })
  opened.asking.marked()
  return { change, events }
}

/** Gives up the marking that is under way: nothing of it stays. */
export function cancelMarking(opened: OpenedCase): void {
  opened.asking.cancel(ticket)
  opened.marks.cancel()
}

/** Takes a change of marks back, and says so in the chain of custody. */
export async function undoMarks(opened: OpenedCase, undone: number, at: Date): Promise<MarkResult> {
  const { change, events, marking } = await opened.marks.undo(undone, { by: user(), at })
  if (events > 0) await opened.tell('marked', { change, events, ...marking, undoes: undone })
  opened.asking.marked()
  return { change, events }
}

/** What is on these events, in their order. */
export async function marksOf(opened: OpenedCase, ids: readonly string[]): Promise<readonly EventMarks[]> {
  const marks = await opened.asking.marksOf(ids.map((id) => rowOf(opened.of, id).row))
  return ids.map((_id, at) => ({ _id, tags: [], comments: [], ...marks[at] }))
}
