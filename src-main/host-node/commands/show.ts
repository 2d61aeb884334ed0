import { AppError } from '../../contract/errors'
import { type Field, fieldInfo, fieldNames } from '../../contract/event'
import type { Change, EventDetail } from '../../contract/rpc'
import { type Command, caseOption, jsonOption } from '../command'
import { asText } from '../csv'
import { printable } from '../printable'
import { withCase } from '../session'
import { table } from '../table'

export default {
  usage: '<event> --case <folder>',
  about:
    'One event by its _id: its fields and where each comes from, what changed, the record as logged and its place.',
  options: { case: caseOption, json: jsonOption },
  async run(call) {
    const [id, more] = call.words
    if (!id || more) throw new AppError('usage', 'Which event? One _id is needed, as `spoor search` prints it.')
    const detail = await withCase(call.need('case'), (engine) => engine.show(id))
    const { out, columns } = call.terminal
    await out(call.has('json') ? `${JSON.stringify(showJson(detail))}\n` : showText(detail, columns))
    return 0
  }
} satisfies Command as Command

const showJson = ({ event, provenance, change, record }: EventDetail) => ({
  event,
  provenance,
  change: change && { basis: change.basis, entries: change.entries },
  record: {
    text: record.text,
    evidence: record.evidence,
    line: record.line,
    offset: record.offset,
    length: record.length
  }
})

function showText({ event, provenance, change, record, alike }: EventDetail, screen: number | null): string {
  const present = fieldNames.filter((name) => event[name] !== undefined && fieldInfo(name).group !== 'change')
  const origin = (name: Field) =>
    provenance[name]?.path ?? (provenance[name]?.sql === undefined ? '' : 'SQL, see --json')
  const fields = present.map((name) => [name, asText(event[name]), origin(name)])
  const place = `${record.name}, line ${record.line}, byte ${record.offset}, ${record.length} bytes, record ${record.record}`
  return [
    `${event._id}\n`,
    table([{ title: 'Field' }, { title: 'Value' }, { title: 'From' }], fields, screen),
    ...(change ? [changeText(change, screen)] : []),
    `Record: ${printable(place)}\nSHA-256 of its file: ${record.evidence}\n${printable(record.text)}\n`,
    ...alike.map(
      ({ _id, why }) => `${why === 'duplicate' ? 'The same event again' : 'Same id, other content'}: ${_id}\n`
    )
  ].join('\n')
}

function changeText({ basis, entries }: Change, screen: number | null): string {
  const differing = entries.filter(({ same }) => !same)
  const missing = basis === 'after-only' ? 'not logged' : '–'
  const side = (value: unknown) => (value === undefined ? missing : JSON.stringify(value))
  const rows = differing.map(({ path, before, after }) => [path, side(before), after === undefined ? '–' : side(after)])
  return `Change (${basis})\n${table([{ title: 'Path' }, { title: 'Before' }, { title: 'After' }], rows, screen)}`
}
