import { AppError } from '../../src-main/contract/errors'
import type { Marking, MarkRequest } from '../../src-main/contract/marks'
import type { Answers } from '../../src-main/contract/query'
import type { App } from './app.svelte'
import { counted } from './format'
import type { MarksChange } from './marks.svelte'

/** So many rows that were picked one by one are marked at once; of more, all that match are meant. */
const mostPicked = 50_000
const page = 10_000
/** So long a change is offered to be taken back where it is said; after that, among the commands. */
const undoFor = 15_000

/** What a mark is put on, and how many events that is. */
export interface MarkTarget {
  readonly on: MarkRequest['on']
  readonly count: number
}

/** Asks for a tag or a comment: for this event, or for what is picked, being read or under the cursor. */
export function askForTag(app: App, event: string | null = null): void {
  app.marks.asked = event
  app.overlay = 'mark'
}

/** The rows picked together, else the event being read, else the one under the cursor; null where none is in sight. */
export async function markTarget(app: App): Promise<MarkTarget | null> {
  const { page, picked, selection, tabs } = app
  if (page !== 'explore') return null
  if (picked.count > 0) return pickedTarget(app)
  const id = selection.selectedId ?? tabs.current.cursor
  return id === null ? null : { on: { events: [id] }, count: 1 }
}

async function pickedTarget({ engine, picked, selection, layout }: App): Promise<MarkTarget> {
  const { filter } = selection
  const { count } = (await engine.ask({ select: 'count', filter })) as Answers['count']
  if (picked.count >= count) return { on: { filter }, count }
  if (picked.count > mostPicked)
    throw new AppError(
      'usage',
      `At most ${counted(mostPicked, 'picked row')} can be marked at once. Narrow the filter, and mark all that match.`
    )
  const ids: string[] = []
  for (const { from, to } of picked.runs)
    for (let offset = from; offset < to; offset += page) {
      const query = {
        select: 'rows',
        filter,
        fields: [],
        sort: layout.now.sort,
        limit: Math.min(page, to - offset),
        offset
      } as const
      const { rows } = (await engine.ask(query)) as Answers['rows']
      ids.push(...rows.map(({ _id }) => _id))
    }
  return { on: { events: ids }, count: ids.length }
}

/** All events that match, of this tab. */
export async function allMatching({ engine, selection: { filter } }: App): Promise<MarkTarget> {
  const { count } = (await engine.ask({ select: 'count', filter })) as Answers['count']
  return { on: { filter }, count }
}

/** Stars what has no star yet, this event or what is picked; where all have one, takes them off. */
export async function toggleStar(app: App, event?: string): Promise<void> {
  try {
    const target = event === undefined ? await markTarget(app) : { on: { events: [event] }, count: 1 }
    if (!target) return
    const { on } = target
    const all = 'events' in on ? (await app.engine.marksOf(on.events)).every(({ star }) => star) : await allStarred(app)
    await put(app, target, all ? { mark: 'star', off: true } : { mark: 'star' })
  } catch (error) {
    app.notices.failed('Nothing was marked', error)
  }
}

async function allStarred({ engine, selection: { filter } }: App): Promise<boolean> {
  const [{ starred }, { count }] = (await Promise.all([
    engine.ask({ select: 'marks', filter }),
    engine.ask({ select: 'count', filter })
  ])) as [Answers['marks'], Answers['count']]
  return starred === count
}

/** Marks, and says so where it is not seen at once: with how many, and a way back. */
export async function put(app: App, { on, count }: MarkTarget, marking: Marking): Promise<boolean> {
  try {
    const cancel = () => void app.engine.cancelMarking()
    const result = await app.notices.during(
      `Marking ${counted(count, 'event')} …`,
      cancel,
      app.engine.mark({ on, marking })
    )
    const what = `${said(marking)} ${counted(result.events, 'event')}`
    const change = { change: result.change, what, folder: app.case?.folder ?? '' }
    if (result.events > 0) app.marks.last = change
    const lost = 'off' in marking && marking.mark !== 'star'
    if (count > 1 || lost) tell(app, change, result.events)
    return true
  } catch (error) {
    app.notices.failed('Nothing was marked', error)
    return false
  }
}

function tell(app: App, change: MarksChange, events: number): void {
  if (events === 0) app.notices.done('Nothing changed', 'They were marked so already.')
  else {
    const action = { title: 'Undo', run: () => void undo(app, change) }
    app.notices.add({ kind: 'done', title: change.what, lines: [], action, goesAfter: undoFor })
  }
}

/** Takes a change of marks back, if its case is still open. */
export async function undo(app: App, { change, folder }: MarksChange): Promise<void> {
  if (folder !== app.case?.folder) return
  try {
    const { events } = await app.engine.undoMark(change)
    if (app.marks.last?.change === change) app.marks.last = null
    app.notices.done('Undone', `${counted(events, 'event')} ${events === 1 ? 'is' : 'are'} marked as before.`)
  } catch (error) {
    app.notices.failed('The marks are as they are', error)
  }
}

function said(marking: Marking): string {
  const off = 'off' in marking
  switch (marking.mark) {
    case 'star':
      return off ? 'Took the star off' : 'Starred'
    case 'tag':
      return off ? `Took the tag “${marking.tag}” off` : `Tagged “${marking.tag}”:`
    case 'comment':
      return off ? 'Took a comment off' : 'Commented on'
    case 'all':
      return 'Took all marks off'
  }
}
