import { AppError } from '../../contract/errors'
import { type AnyField, isField } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import { type Answers, type Group, type Interval, intervals } from '../../contract/query'
import type { Engine } from '../../contract/rpc'
import { type Command, caseOption, jsonOption, oneOfThese, wholeNumber } from '../command'
import { asText } from '../csv'
import { filterOf } from '../filter-of'
import { keepSearch } from '../kept-search'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'
import { fieldsOf } from './search'

interface Counted {
  readonly groups: readonly Group[]
  readonly titles: readonly string[]
  readonly note?: string
}

export default {
  usage: "'<query>' --case <folder> [--by field[,field]] [--every 1h] [--zone UTC]",
  about: 'How many events match: in all, per value of fields, over time.',
  options: {
    case: caseOption,
    by: { type: 'string', value: '<field,…>', about: 'per value of these fields, most frequent first' },
    every: { type: 'string', value: '<interval>', about: `per interval of time: ${intervals.join(' ')}` },
    zone: { type: 'string', value: '<zone>', about: 'whose midnight days begin at (UTC)' },
    limit: { type: 'string', value: '<n>', about: 'at most so many groups (1000)' },
    json: jsonOption
  },
  async run(call) {
    const filter = filterOf(call.words)
    const by = fieldsOf(call.get('by')) ?? []
    const limit = wholeNumber(call, 'limit', 1000)
    const every = call.get('every') === undefined ? null : oneOfThese(call, 'every', intervals, '1h')
    const zone = call.get('zone') ?? 'UTC'
    const { out, err, columns } = call.terminal

    await withCase(call.need('case'), async (engine) => {
      const { count: total } = (await engine.ask({ select: 'count', filter })) as Answers['count']
      await keepSearch(engine, filter, total)
      const { groups, titles, note }: Counted = every
        ? await overTime(engine, filter, every, zone, by, limit)
        : await perValue(engine, filter, by, limit)
      if (call.has('json')) await out(`${JSON.stringify({ total, groups })}\n`)
      else if (titles.length) {
        const heads = [...titles.map((title) => ({ title })), { title: 'Events', right: true }]
        const rows = groups.map(({ key, count }) => [
          ...key.map((value) => (value === null ? '–' : asText(value))),
          grouped(count)
        ])
        await out(table(heads, rows, columns))
        err(`${grouped(total)} events`)
      } else await out(`${total}\n`)
      if (note) err(note)
    })
    return 0
  }
} satisfies Command as Command

async function perValue(engine: Engine, filter: Filter, by: readonly AnyField[], limit: number): Promise<Counted> {
  if (by.length === 0) return { groups: [], titles: [] }
  const answer = (await engine.ask({ select: 'groups', filter, by, limit })) as Answers['groups']
  const { groups, rest, distinct } = answer
  const note = `${grouped(distinct - groups.length)} more groups hold ${grouped(rest)} events; --limit shows more`
  return { groups, titles: by, ...(rest > 0 && { note }) }
}

async function overTime(
  engine: Engine,
  filter: Filter,
  every: Interval,
  zone: string,
  by: readonly AnyField[],
  limit: number
): Promise<Counted> {
  const [split, second] = by
  if (second !== undefined || (split !== undefined && !isField(split))) {
    throw new AppError('usage', '--every splits by at most one field of events: --every 1h --by event.outcome')
  }
  const query = { select: 'timeline', filter, zone, every, ...(split && { by: split, limit }) } as const
  const { starts, series, undated } = (await engine.ask(query)) as Answers['timeline']
  const groups = starts.flatMap((start, at) =>
    series.flatMap(({ key, others, counts }) => {
      const time = new Date(start).toISOString()
      const count = counts[at] ?? 0
      if (!split) return [{ key: [time], count }]
      return count === 0 ? [] : [{ key: [time, others ? '(others)' : key], count }]
    })
  )
  const note = `${grouped(undated)} events have no time, so stand in no interval`
  return { groups, titles: split ? ['Time', split] : ['Time'], ...(undated > 0 && { note }) }
}
