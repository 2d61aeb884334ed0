import type { Mapping, Source, Times } from '../../contract/source'
import { parsePath, valueAt } from '../normalise/path'
import { saysZone } from '../normalise/time-sql'
import { dateOrder, usualOrder } from './date-order'
import { firstEntry, isOf } from './entries'
import type { Recognised } from './fitting'

/** A file as it is read once it is known how: with the zone and the order of dates asked for, or told by its own dates. */
export function timed(recognised: Recognised, documents: readonly unknown[], asked: Times): Recognised {
  const notes = new Set(recognised.notes)
  const { sources } = recognised
  let open: Times = {}
  const read = sources.map((source): Source => {
    const own = sources.length === 1 ? documents : documents.filter((document) => isOf(source, document))
    const texts = timesIn(source, own)
    // What a definition knows of its log holds, whatever is said of a folder of many.
    const given = { ...asked, ...source.times }
    const dates = datesFor(texts, given.dates, (note) => notes.add(note))
    if (dates) open = { ...open, dates }
    if (texts.some((text) => /\d/.test(text) && !zoned.test(text))) {
      const zone = given.zone ?? 'UTC'
      const by = source.times?.zone ? `, as those of ${source.title} are` : asked.zone ? ', as asked' : ''
      notes.add(`times carry no zone; read as ${zone}${by || ' (--zone reads them in another)'}`)
      if (!source.times?.zone) open = { ...open, zone }
    }
    const times = { ...given, ...(dates && { dates }) }
    return Object.keys(times).length ? { ...source, times } : source
  })
  const said = asked.zone !== undefined || asked.dates !== undefined
  return {
    ...recognised,
    sources: read,
    notes: [...notes],
    ...(Object.keys(open).length ? { times: { ...open, ...(said && { asked: true as const }) } } : {})
  }
}

function datesFor(texts: readonly string[], wanted: Times['dates'], say: (note: string) => void): Times['dates'] {
  const order = dateOrder(texts)
  if (wanted || order === undefined) return wanted
  const first = { dmy: 'day', mdy: 'month' } as const
  const other = { dmy: 'mdy', mdy: 'dmy' } as const
  const example = texts.find((text) => dateOrder([text]) !== undefined) ?? ''
  if (order === 'dmy' || order === 'mdy') {
    say(`dates are read with the ${first[order]} first: others of them can be read no other way`)
    return order
  }
  const usual = usualOrder(texts)
  say(
    order === 'both'
      ? `some dates can only have the day first and some only the month; read with the ${first[usual]} first, the others are undated`
      : `dates such as ${example.split(/[ ,]/)[0]} do not tell the day from the month; read with the ${first[usual]} first (--dates ${other[usual]} reads them the other way)`
  )
  return usual
}

/** What the log has for the time, where that is text and not a number of seconds. */
function timesIn({ event, read }: Source, documents: readonly unknown[]): string[] {
  const mapping: Mapping | undefined = event['@timestamp']
  if (mapping === undefined || (typeof mapping === 'object' && 'sql' in mapping)) return []
  if (typeof mapping === 'object' && 'as' in mapping && mapping.as !== 'time') return []
  const paths = [
    typeof mapping === 'object' && 'from' in mapping ? mapping.from : (mapping as string | readonly string[])
  ].flat()
  const each = read.as === 'json' ? read.each : undefined
  return documents.flatMap((document) => {
    const found = paths
      .map((path) => valueAt(firstEntry(document, each), parsePath(path)))
      .find((value) => value ?? false)
    return typeof found === 'string' ? [found.trim()] : []
  })
}

const zoned = new RegExp(`${saysZone}|^\\d+(\\.\\d+)?$`)
