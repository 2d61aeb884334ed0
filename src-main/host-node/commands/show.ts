import { AppError } from '../../contract/errors'
import { type Field, fieldInfo, fieldNames } from '../../contract/event'
import type { EventDetail, Origin } from '../../contract/event-detail'
import { type IdField, idFieldNames } from '../../contract/names'
import { originLine } from '../../contract/origin-text'
import { changeText } from '../change-text'
import { type Command, caseOption, jsonOption } from '../command'
import { asText } from '../csv'
import { type EventNames, namesIn, withName } from '../event-names'
import { printable } from '../printable'
import { withCase } from '../session'
import { table } from '../table'

export default {
  usage: '<event> --case <folder> [--names]',
  about:
    'One event by its _id: its fields and where each comes from, what changed, the record as logged and its place.',
  options: {
    case: caseOption,
    names: { type: 'boolean', about: 'what directories call the ids, beside them' },
    json: jsonOption
  },
  async run(call) {
    const [id, more] = call.words
    if (!id || more) throw new AppError('usage', 'Which event? One _id is needed, as `spoor search` prints it.')
    const { detail, names } = await withCase(call.need('case'), async (engine) => {
      const detail = await engine.show(id)
      const [names] = call.has('names') ? await namesIn(engine, [detail.event], idFieldNames) : []
      return { detail, names }
    })
    const { out, columns } = call.terminal
    const json = () => ({ ...showJson(detail), ...(names && { names }) })
    await out(call.has('json') ? `${JSON.stringify(json())}\n` : showText(detail, names ?? {}, columns))
    return 0
  }
} satisfies Command as Command

const showJson = ({ event, provenance, unconverted, differing, change, record }: EventDetail) => ({
  event,
  provenance,
  unconverted,
  differing,
  change,
  record: {
    text: record.text,
    evidence: record.evidence,
    line: record.line,
    offset: record.offset,
    length: record.length
  }
})

function showText(detail: EventDetail, names: EventNames, screen: number | null): string {
  const { event, provenance, unconverted, differing, change, record, alike } = detail
  const present = fieldNames.filter((name) => event[name] !== undefined && fieldInfo(name).group !== 'change')
  const origin = (name: Field) => {
    const from = provenance[name]
    if (!from) return ''
    // Long SQL would push the values off the screen; --json has it whole.
    return `${originLine(from, 48)}${from.line === undefined ? '' : ` · line ${from.line}`}`
  }
  const fields = [
    ...present.map((name) => [name, withName(asText(event[name]), names[name as IdField]), origin(name)]),
    ...(Object.entries(unconverted) as [Field, Origin][]).map(([name, from]) => [name, '–', originLine(from, 48)])
  ]
  const guessed = Object.values(provenance).some((from) => from.guessed) ? ', which was guessed' : ''
  const place = `${record.name}, line ${record.line}, byte ${record.offset}, ${record.length} bytes, record ${record.record}`
  return [
    `${event._id}\n`,
    ...differing.map(
      ({ field, now }) =>
        `DIFFERS: ${field} is ${asText(event[field]) || 'absent'} in the case, but the rule now gives ${asText(now) || 'nothing'}\n`
    ),
    table([{ title: 'Field' }, { title: 'Value' }, { title: 'From' }], fields, screen),
    `Read as ${event['event.dataset'] ?? 'nothing known'}${guessed}\n`,
    ...(change ? [changeText(change, screen)] : []),
    `Record: ${printable(place)}\nSHA-256 of its file: ${record.evidence}\n${printable(record.text)}\n`,
    ...alike.map(
      ({ _id, why }) => `${why === 'duplicate' ? 'The same event again' : 'Same id, other content'}: ${_id}\n`
    )
  ].join('\n')
}
