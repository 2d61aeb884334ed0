import type { ObjectHistory, ObjectState } from '../../contract/change'
import { AppError } from '../../contract/errors'
import { entriesText } from '../change-text'
import { type Command, caseOption, jsonOption } from '../command'
import { grouped } from '../numbers'
import { printable } from '../printable'
import { withCase } from '../session'
import { table } from '../table'

export default {
  usage: '<event> [<other event>] --case <folder>',
  about: 'All states of the object that an event is about, oldest first; or what differs between two of them.',
  options: { case: caseOption, json: jsonOption },
  notes:
    'Given two events, the states of the object after them are compared: what is in the second and was not in the first.',
  async run(call) {
    const [event, other, more] = call.words
    if (!event || more)
      throw new AppError('usage', 'Which event? One _id is needed, as `spoor search` prints it, or two to compare.')
    const { out, err, columns } = call.terminal
    await withCase(call.need('case'), async (engine) => {
      if (other !== undefined) {
        const change = await engine.compareStates(event, other)
        const heading = `From the state after ${event} to the state after ${other}\n`
        return out(call.has('json') ? `${JSON.stringify({ change })}\n` : heading + entriesText(change, columns))
      }
      const history = await engine.objectHistory(event)
      if (call.has('json')) return out(`${JSON.stringify(history)}\n`)
      if (history.states.length > 0) await out(historyText(history, columns))
      err(
        history.states.length > 0
          ? told(history)
          : 'No event of this case tells a state of the object this one is about.'
      )
    })
    return 0
  }
} satisfies Command as Command

const told = ({ object, states }: ObjectHistory): string => {
  const name = [object.type, object.name ?? object.id].filter((one) => one !== undefined).join(' ')
  return printable(
    `${grouped(states.length)} ${states.length === 1 ? 'event tells' : 'events tell'} of ${name || 'this object'}`
  )
}

function historyText({ states, at }: ObjectHistory, screen: number | null): string {
  const titles = ['', 'Time', 'User', 'Action', 'State', 'Changed', '_id'].map((title) => ({ title }))
  const rows = states.map((state, index) => [
    index === at ? '>' : '',
    state.time ?? 'undated',
    state.user ?? '–',
    state.action ?? '–',
    stateText(state),
    state.fields.join(', ') || '–',
    state._id
  ])
  return table(titles, rows, screen)
}

const tellings: Readonly<Record<ObjectState['tells'], string>> = {
  whole: 'whole state',
  partial: 'some fields',
  gone: 'gone',
  came: 'came',
  went: 'left',
  failed: 'failed, nothing changed'
}

const bases = { logged: 'before logged', rebuilt: 'before rebuilt', 'after-only': 'before not logged' } as const

const stateText = ({ tells, basis }: ObjectState): string =>
  tells === 'failed' || basis === null ? tellings[tells] : `${tellings[tells]}, ${bases[basis]}`
