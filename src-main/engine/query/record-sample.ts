import type { RecordField } from '../../contract/event'
import { type AnyStep, anyElement, recordPath, recordSteps, type Step } from '../../contract/record-path'
import type { RecordPathCount, ValueCount } from '../../contract/values'
import { type Run, statement } from './statement'

/** What some records of a case have in them: enough to say what could be asked for, not to count by. */
export interface RecordSample {
  readonly looked: number
  readonly paths: ReadonlyMap<RecordField, Seen>
}

interface Seen {
  /** In how many of the records looked at. */
  count: number
  readonly values: Map<string, number>
}

const wanted = 3_000
const mostFiles = 100
const mostPaths = 5_000
const mostValues = 200
const longestValue = 200
const deepest = 12

/** Looks into the records of a case: from each file some of its beginning, its middle and its end. */
export async function sampleRecords(run: Run): Promise<RecordSample> {
  const files = await run(
    statement(
      (bind) => `SELECT id, first_row, records FROM evidence ORDER BY records DESC LIMIT ${bind(BigInt(mostFiles))}`
    )
  )
  const each = Math.max(8, Math.floor(wanted / Math.max(1, files.length) / 3))
  const paths = new Map<RecordField, Seen>()
  let looked = 0
  for (const { id, first_row, records } of files) {
    const [first, size] = [Number(first_row), Number(records)]
    const starts = size <= 3 * each ? [0] : [0, Math.floor((size - each) / 2), size - each]
    const length = starts.length === 1 ? size : each
    for (const start of starts) {
      // Neighbours lie together, so that little is decompressed.
      const rows = await run(
        statement(
          (
            bind
          ) => `SELECT coalesce(document, raw) AS record FROM entry WHERE rowid BETWEEN ${bind(BigInt(first + start))} AND
            ${bind(BigInt(first + start + length - 1))} AND evidence = ${bind(Number(id))} AND shown AND strlen(coalesce(document, raw)) < 200000`
        )
      )
      for (const { record } of rows) if (lookInto(String(record), paths)) looked++
    }
  }
  return { looked, paths }
}

function lookInto(record: string, paths: Map<RecordField, Seen>): boolean {
  let document: unknown
  try {
    document = JSON.parse(record)
  } catch {
    return false
  }
  if (document === null || typeof document !== 'object') return false
  walk(document, [], paths, new Set())
  return true
}

function walk(at: unknown, steps: readonly (Step | AnyStep)[], paths: Map<RecordField, Seen>, here: Set<string>): void {
  if (steps.length > deepest) return
  const list = Array.isArray(at)
  if (steps.length > 0 && at !== null) note(at, `record.${recordPath(steps)}`, paths, here)
  if (at === null || typeof at !== 'object') return
  if (!list) for (const [key, value] of Object.entries(at)) walk(value, [...steps, key], paths, here)
  // A list of plain values is asked for by its own name.
  else for (const one of at) if (one !== null && typeof one === 'object') walk(one, [...steps, anyElement], paths, here)
}

function note(value: unknown, path: RecordField, paths: Map<RecordField, Seen>, here: Set<string>): void {
  const seen = paths.get(path) ?? { count: 0, values: new Map<string, number>() }
  if (!paths.has(path)) {
    if (paths.size >= mostPaths) return
    paths.set(path, seen)
  }
  if (!here.has(path)) seen.count++
  here.add(path)
  for (const text of textsOf(value)) {
    const known = seen.values.get(text)
    if (known !== undefined || seen.values.size < mostValues) seen.values.set(text, (known ?? 0) + 1)
  }
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => (Array.isArray(one) ? [] : textsOf(one)))
  if (typeof value === 'string') return value.length > 0 && value.length <= longestValue ? [value] : []
  if (typeof value === 'boolean') return [String(value)]
  // A number that JavaScript cannot hold exactly is not as the record has it.
  return typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value)) ? [String(value)] : []
}

const lower = (text: string) => text.toLowerCase()

/** The paths that hold the text, those beginning with it first, then the most frequent. */
export function pathsLike({ paths }: RecordSample, text: string, limit: number): readonly RecordPathCount[] {
  const sought = lower(text).replace(/^record\.?/, '')
  const rank = (field: RecordField) => {
    const path = lower(field.slice('record.'.length))
    if (path.startsWith(sought)) return 0
    if (path.includes(`.${sought}`) || path.includes(`."${sought}`)) return 1
    return path.includes(sought) ? 2 : 3
  }
  return [...paths]
    .map(([field, seen]) => ({ field, seen, rank: rank(field) }))
    .filter(({ rank, seen }) => rank < 3 && seen.values.size > 0)
    .sort((a, b) => a.rank - b.rank || b.seen.count - a.seen.count || a.field.localeCompare(b.field))
    .slice(0, limit)
    .map(({ field, seen }) => ({
      field,
      count: seen.count,
      examples: [...seen.values]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 3)
        .map(([value]) => value)
    }))
}

/** As paths are noted: whichever element of a list is asked for, its values are those of all; plain ones are noted for the list itself. */
function noted(field: RecordField): RecordField {
  const steps = recordSteps(field.slice('record.'.length)) ?? []
  const open = steps.map((step) => (typeof step === 'number' ? anyElement : step))
  return `record.${recordPath(open.at(-1) === anyElement ? open.slice(0, -1) : open)}`
}

/** Values at a path that hold the text, those beginning with it first, then the most frequent. */
export function valuesLike(
  { paths }: RecordSample,
  field: RecordField,
  text: string,
  limit: number
): readonly ValueCount[] {
  const sought = lower(text)
  return [...((paths.get(field) ?? paths.get(noted(field)))?.values ?? [])]
    .filter(([value]) => lower(value).includes(sought))
    .sort(
      (a, b) =>
        Number(lower(b[0]).startsWith(sought)) - Number(lower(a[0]).startsWith(sought)) ||
        b[1] - a[1] ||
        (a[0] < b[0] ? -1 : 1)
    )
    .slice(0, limit)
    .map(([value, count]) => ({ value, count }))
}
