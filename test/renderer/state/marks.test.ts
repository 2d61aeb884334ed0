import { describe, expect, it } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import { everything } from '../../../src-main/contract/filter'
import type { EventMarks, MarkRequest } from '../../../src-main/contract/marks'
import type { Query } from '../../../src-main/contract/query'
import type { Engine } from '../../../src-main/contract/rpc'
import { App } from '../../../src-renderer/state/app.svelte'
import { put, toggleStar, undo } from '../../../src-renderer/state/marking'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'
import { revisionFor } from '../../../src-renderer/state/revision'

const someCase = { name: 'a', folder: '/a.spoor', revision: 1 } as CaseState
const star = { by: 'kim', at: '2026-03-09T09:00:00.000Z' }

/** A window on a case of ten events, `e-0` to `e-9`, of which some are starred. */
async function windowOn(starred = new Set<string>()) {
  const asked: (readonly string[])[] = []
  const marked: MarkRequest[] = []
  /** Answers about marks wait until they are let go. */
  const held = { answers: false, waiting: [] as (() => void)[] }
  const answers: Partial<Engine> = {
    marksOf: async (ids) => {
      asked.push(ids)
      const marks = ids.map((_id): EventMarks => ({ _id, tags: [], comments: [], ...(starred.has(_id) && { star }) }))
      if (held.answers) await new Promise<void>((resolve) => held.waiting.push(resolve))
      return marks
    },
    mark: async (request) => {
      marked.push(request)
      return { change: marked.length, events: 'events' in request.on ? request.on.events.length : 10 }
    },
    undoMark: async () => ({ change: 99, events: 3 }),
    ask: (async (query: Query) => {
      if (query.select !== 'rows') return { count: 10, starred: starred.size }
      const { offset = 0, limit } = query
      return { rows: Array.from({ length: limit }, (_, at) => ({ _id: `e-${offset + at}` })) }
    }) as Engine['ask']
  }
  const engine = new Proxy({} as Engine, { get: (_, name: keyof Engine) => answers[name] ?? (async () => null) })
  const app = new App(engine, { kind: 'browser' } as App['host'], new Preferences(null, { current: true }))
  await app.caseChanged(someCase)
  return { app, asked, marked, held }
}
const soon = () => new Promise((done) => setTimeout(done, 5))
/** Scrolls past twelve thousand events. */
async function pass(app: App, each = () => {}): Promise<void> {
  for (let first = 0; first < 12_000; first += 500) {
    for (let at = first; at < first + 500; at++) app.marks.of(`e-${at}`)
    await soon()
    each()
  }
}

describe('the marks of events in sight', () => {
  it('are asked for together, once, and again after a change, the old ones standing meanwhile', async () => {
    const { app, asked } = await windowOn(new Set(['e-1']))
    expect([app.marks.of('e-1'), app.marks.of('e-2'), app.marks.of('e-1')]).toEqual([null, null, null])
    await soon()
    expect(asked).toEqual([['e-1', 'e-2']])
    expect([app.marks.of('e-1')?.star, app.marks.of('e-2')]).toEqual([star, null])
    app.workChanged('marks')
    expect(app.marks.of('e-1')?.star).toEqual(star)
    await soon()
    expect(asked).toEqual([['e-1', 'e-2'], ['e-1']])
  })

  it('are those of the change, whichever answer comes last', async () => {
    const starred = new Set<string>()
    const { app, held } = await windowOn(starred)
    held.answers = true
    app.marks.of('e-1')
    await soon()
    starred.add('e-1')
    app.workChanged('marks')
    app.marks.of('e-1')
    await soon()
    const [before, after] = held.waiting
    after?.()
    await soon()
    before?.()
    await soon()
    expect(app.marks.of('e-1')?.star).toEqual(star)
  })

  it('are asked for again when one comes back to them past thousands of others', async () => {
    const { app } = await windowOn(new Set(['e-0']))
    await pass(app)
    app.marks.of('e-0')
    await soon()
    expect(app.marks.of('e-0')?.star).toEqual(star)
  })

  it('stay on what remains in sight while thousands of others are passed', async () => {
    const { app } = await windowOn(new Set(['seen']))
    app.marks.of('seen')
    await soon()
    await pass(app, () => expect(app.marks.of('seen')?.star).toEqual(star))
  })

  it('make old what was answered about marks, and nothing else', async () => {
    const { app } = await windowOn()
    const queries = [
      { select: 'count', filter: everything },
      { select: 'marks', filter: everything },
      { select: 'count', filter: { kind: 'not', of: { kind: 'marked', mark: 'star' } } }
    ]
    const before = queries.map((query) => revisionFor(app, query))
    app.workChanged('marks')
    expect(queries.map((query, at) => revisionFor(app, query) === before[at])).toEqual([true, false, false])
  })
})

describe('starring', () => {
  it('goes on no event that is not in sight', async () => {
    const { app, marked } = await windowOn()
    app.selection.selectedId = 'e-7'
    app.page = 'charts'
    await toggleStar(app)
    expect(marked).toEqual([])
  })

  it('goes on the rows that are picked together, else on the event being read', async () => {
    const { app, marked } = await windowOn()
    app.selection.selectedId = 'e-7'
    await toggleStar(app)
    app.picked.toggle(2)
    app.picked.toggle(5)
    app.picked.extendTo(6, true)
    await toggleStar(app)
    app.picked.all(10)
    await toggleStar(app)
    // One is picked as well as many are.
    app.picked.clear()
    app.picked.toggle(4)
    await toggleStar(app)
    expect(marked.map(({ on }) => on)).toEqual([
      { events: ['e-7'] },
      { events: ['e-2', 'e-5', 'e-6'] },
      { filter: everything },
      { events: ['e-4'] }
    ])
  })

  it('takes the star off where all have one', async () => {
    const { app, marked } = await windowOn(new Set(['e-1', 'e-2']))
    app.picked.toggle(1)
    app.picked.toggle(2)
    await toggleStar(app)
    app.picked.toggle(3)
    await toggleStar(app)
    expect(marked.map(({ marking }) => marking)).toEqual([{ mark: 'star', off: true }, { mark: 'star' }])
  })

  it('says how many it was, and takes it back; of another case nothing is taken back', async () => {
    const { app } = await windowOn()
    await put(app, { on: { filter: everything }, count: 10 }, { mark: 'tag', tag: 'Night shift' })
    expect(app.notices.all.map(({ title, action }) => [title, action?.title])).toEqual([
      ['Tagged “Night shift”: 10 events', 'Undo']
    ])
    const { last } = app.marks
    if (!last) throw new Error('Nothing to undo.')
    await undo(app, { ...last, folder: '/other.spoor' })
    expect(app.marks.last).toEqual(last)
    await undo(app, last)
    expect([app.marks.last, app.notices.all.at(-1)?.lines]).toEqual([null, ['3 events are marked as before.']])
  })
})
