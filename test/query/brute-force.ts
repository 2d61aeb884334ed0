import { addressBlock, addressNumber } from '../../src-main/contract/address-block'
import { type AnyField, fieldInfo, isField, type Value } from '../../src-main/contract/event'
import type { Filter } from '../../src-main/contract/filter'
import { clockIn } from '../../src-main/contract/instant'
import { periodOf } from '../../src-main/contract/period'
import { type AnyStep, recordSteps, type Step } from '../../src-main/contract/record-path'
import { patternParts } from '../../src-main/contract/wildcard'
import { type Entry, entries, idOf, places } from './small-case'

const lower = (text: string) => text.toLowerCase()
const micros = (iso: string) => periodOf(iso)?.from as bigint
const placeOf = (entry: Entry) => places.find(({ ip }) => ip === entry.fields['source.ip'])

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** What stands at a path: several where a step leaves open which. */
function found(at: unknown, [step, ...rest]: readonly (Step | AnyStep)[]): unknown[] {
  if (step === undefined) return [at]
  if (at === null || typeof at !== 'object') return []
  const values =
    typeof step !== 'object'
      ? Object.hasOwn(at, String(step))
        ? [(at as Record<string, unknown>)[String(step)]]
        : []
      : Array.isArray(at) === (step.any === 'element')
        ? Object.values(at)
        : []
  return values.flatMap((value) => found(value, rest))
}

/** The texts that a filter compares: in the record, those of a list's elements, too. */
function compared(entry: Entry, field: AnyField): string[] {
  const own = texts(entry, field)
  if (isField(field)) return own
  return own.flatMap((text) => {
    try {
      const list: unknown = JSON.parse(text)
      return Array.isArray(list) ? [text, ...list.flatMap((one) => (one === null ? [] : [written(one)]))] : [text]
    } catch {
      return [text]
    }
  })
}

function saysNull(entry: Entry, field: AnyField): boolean {
  if (isField(field)) return false
  try {
    return found(JSON.parse(entry.document ?? entry.raw), recordSteps(field.slice(7)) ?? []).includes(null)
  } catch {
    return false
  }
}

/** The texts a field of an entry has: none, one, or those of a list. */
export function texts(entry: Entry, field: AnyField): string[] {
  if (!isField(field)) {
    let at: unknown
    try {
      at = JSON.parse(entry.document ?? entry.raw)
    } catch {
      return []
    }
    return found(at, recordSteps(field.slice(7)) ?? []).flatMap((one) => (one === null ? [] : [written(one)]))
  }
  if (fieldInfo(field).place) {
    const value = (placeOf(entry) as Record<string, unknown> | undefined)?.[field.slice(field.lastIndexOf('.') + 1)]
    return value === null || value === undefined ? [] : [String(value)]
  }
  const value = entry.fields[field]
  if (value === undefined) return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

/** Whether an entry passes the filter, told without SQL. */
export function passes(entry: Entry, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((part) => passes(entry, part))
    case 'or':
      return filter.of.some((part) => passes(entry, part))
    case 'not':
      return !passes(entry, filter.of)
    case 'is':
      return filter.values.some((value) => same(entry, filter.field, value, filter.exact ?? false))
    case 'like': {
      const form = patternParts(filter.pattern)
        .map((part) =>
          typeof part === 'string'
            ? lower(part).replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
            : part.any === '*'
              ? '.*'
              : '.'
        )
        .join('')
      return compared(entry, filter.field).some((text) => new RegExp(`^${form}$`, 'su').test(lower(text)))
    }
    case 'regex':
      return compared(entry, filter.field).some((text) =>
        new RegExp(filter.pattern, filter.exact ? 'u' : 'iu').test(text)
      )
    case 'present':
      return texts(entry, filter.field).length > 0
    case 'range':
      return inRange(entry, filter)
    case 'last': {
      const newest = entries
        .flatMap((one) => (one.shown === false ? [] : texts(one, '@timestamp').map(micros)))
        .sort((a, b) => (a < b ? 1 : -1))[0] as bigint
      const unit = { minutes: 60_000_000n, hours: 3_600_000_000n, days: 86_400_000_000n }[filter.unit]
      return texts(entry, '@timestamp').some((time) => micros(time) >= newest - BigInt(filter.amount) * unit)
    }
    case 'cidr':
      return compared(entry, filter.field).some((text) => inBlock(text, filter.block))
    case 'words': {
      const text = lower(filter.text)
      const fields = Object.entries(entry.fields).filter(([field]) =>
        ['keyword', 'text', 'ip'].includes(fieldInfo(field as 'message').type)
      )
      const place = placeOf(entry)
      const decoded = (() => {
        try {
          return JSON.stringify(JSON.parse(entry.raw)).replaceAll('\\"', '"')
        } catch {
          return entry.raw
        }
      })()
      return [
        ...fields.map(([, value]) => String(value)),
        place?.country_name ?? '',
        place?.city_name ?? '',
        entry.raw,
        decoded
      ].some((held) => lower(held).includes(text))
    }
    case 'box': {
      const place = placeOf(entry)
      if (!place || place.lat === null) return false
      const { north, south, west, east } = filter
      const across = west > east ? place.lon >= west || place.lon <= east : place.lon >= west && place.lon <= east
      return place.lat >= south && place.lat <= north && across
    }
    case 'events':
      return filter.ids.includes(idOf(entries.indexOf(entry)))
    // The small case has no directory, and nothing is marked in it.
    case 'named':
    case 'marked':
      return false
    case 'hour':
      return texts(entry, '@timestamp').some((time) => {
        const [year, month, day, hour] = clockIn(filter.zone, Math.floor(Number(micros(time)) / 1000))
        return hour === filter.hour && (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7 === filter.weekday
      })
  }
}

function inBlock(text: string, block: string): boolean {
  const [range, address] = [addressBlock(block), addressNumber(text)]
  return (
    !!range &&
    !!address &&
    address.family === range.family &&
    address.value >= range.first &&
    address.value <= range.last
  )
}

function same(entry: Entry, field: AnyField, value: Value, exact: boolean): boolean {
  if (!exact && value === 'null' && saysNull(entry, field)) return true
  return compared(entry, field).some((text) => {
    if (field === '@timestamp') return micros(text) === micros(String(value))
    if (isField(field) && ['number', 'boolean'].includes(fieldInfo(field).type)) return text === String(value)
    if (field === 'source.ip' && !exact && String(value).includes(':') && addressNumber(String(value)))
      return inBlock(text, String(value))
    return exact ? text === String(value) : lower(text) === lower(String(value))
  })
}

type Range = Extract<Filter, { kind: 'range' }>

function inRange(entry: Entry, { field, from, to, above, including }: Range): boolean {
  if (from === undefined && to === undefined) return texts(entry, field).length > 0
  const found = compared(entry, field)
  const type = isField(field) ? fieldInfo(field).type : typeof (from ?? to) === 'number' ? 'number' : 'text'
  return found.some((text) => {
    const read = (value: Value): bigint | number | string =>
      type === 'time'
        ? micros(String(value))
        : type === 'number'
          ? String(value).trim() === ''
            ? Number.NaN
            : Number(value)
          : bytes(lower(String(value)))
    const at = read(text)
    if (from !== undefined && !(above ? at > read(from) : at >= read(from))) return false
    return to === undefined || (including ? at <= read(to) : at < read(to))
  })
}

/** Databases compare text by its UTF-8 bytes. */
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('hex')
