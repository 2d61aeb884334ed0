import { AppError } from '../../contract/errors'
import type { Marking, MarkRequest, MarkResult } from '../../contract/marks'
import { type Call, type Command, caseOption, jsonOption, wholeNumber } from '../command'
import { filterOf } from '../filter-of'
import { grouped } from '../numbers'
import { withCase } from '../session'

export default {
  usage: "<event…> | --where '<query>' --case <folder> [--star] [--tag t] [--comment c] [--remove]",
  about: 'Stars, tags or comments on events, or takes that off them. The evidence is not touched.',
  options: {
    case: caseOption,
    where: { type: 'string', value: '<query>', about: 'all events that match, instead of those named' },
    star: { type: 'boolean', about: 'a star' },
    tag: { type: 'string', value: '<tag>', about: 'a tag: a word or a few' },
    comment: { type: 'string', value: '<text>', about: 'a comment' },
    remove: { type: 'boolean', about: 'take the star or the tag off; alone: everything' },
    undo: { type: 'string', value: '<change>', about: 'take back a change of marks, by the number it was told with' },
    json: jsonOption
  },
  notes:
    'Says the number of each change, to undo it by. `spoor search is:starred`, tag:<tag> and comment:<text> find them.',
  async run(call) {
    const undone = call.get('undo') === undefined ? null : wholeNumber(call, 'undo', 0)
    if (undone !== null && isMarking(call))
      throw new AppError('usage', '--undo takes a change back and nothing else: name no event and no mark with it.')
    const markings = undone === null ? markingsOf(call) : []
    const on = undone === null ? targetOf(call) : null
    const results = await withCase(call.need('case'), async (engine) => {
      if (on === null) return [await engine.undoMark(undone ?? 0)]
      const all: MarkResult[] = []
      for (const marking of markings) all.push(await engine.mark({ on, marking }))
      return all
    })
    const { out, err } = call.terminal
    if (call.has('json')) await out(`${JSON.stringify({ changes: results })}\n`)
    for (const { change, events } of results)
      err(
        events === 0
          ? 'Nothing changed'
          : `${grouped(events)} ${events === 1 ? 'event' : 'events'} marked, change ${change}`
      )
    return 0
  }
} satisfies Command as Command

const isMarking = (call: Call): boolean =>
  call.words.length > 0 ||
  ['where', 'tag', 'comment'].some((option) => call.get(option) !== undefined) ||
  ['star', 'remove'].some((option) => call.has(option))

function targetOf(call: Call): MarkRequest['on'] {
  const where = call.get('where')
  if ((where === undefined) === (call.words.length === 0))
    throw new AppError('usage', "Which events? Name them by their _id, or all that match with --where '<query>'.")
  return where === undefined ? { events: call.words } : { filter: filterOf([where]) }
}

function markingsOf(call: Call): readonly Marking[] {
  const [tag, comment] = [call.get('tag'), call.get('comment')]
  const off = call.has('remove')
  if (off && comment !== undefined)
    throw new AppError('usage', 'One comment is taken off in the window; --remove alone takes off everything.')
  const more = off ? ({ off: true } as const) : {}
  const markings: Marking[] = [
    ...(call.has('star') ? [{ mark: 'star', ...more } as const] : []),
    ...(tag === undefined ? [] : [{ mark: 'tag', tag, ...more } as const]),
    ...(comment === undefined ? [] : [{ mark: 'comment', text: comment } as const])
  ]
  if (markings.length > 0) return markings
  if (off) return [{ mark: 'all', off: true }]
  throw new AppError('usage', 'What is put on them? --star, --tag <tag> or --comment <text>.')
}
