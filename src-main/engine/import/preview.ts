import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../../contract/errors'
import type { EventValue, Field } from '../../contract/event'
import type { Mapping, Sample, Source } from '../../contract/source'
import type { PreviewCell, PreviewField, PreviewRow, SourcePreview } from '../../contract/source-preview'
import { checkSource, faultAt } from '../normalise/sources'
import { storedFields } from '../store/schema'
import type { Workbench } from '../store/workbench'
import { isOf } from './entries'
import { seenPaths } from './guess-paths'
import { recogniseFile } from './recognise-file'
import { demands } from './rivals'
import { sqlFault } from './sql-fault'
import { type Tried, tried } from './tried'
import { whyUnconverted } from './unconverted'

export interface Preview {
  readonly yaml: string
  readonly on: { readonly path: string } | 'samples'
  readonly limit: number
  /** The definitions a file would be recognised among. */
  readonly known: readonly Source[]
  readonly stopped: () => boolean
}

interface SampleFile {
  readonly path: string
  readonly samples: readonly Sample[]
}

const nothing = { fields: [], rows: [], paths: [], rivals: [] } as const

/** What a definition makes of the first records of a file, or of its own samples; nothing but its fault where it has one. */
export async function preview(bench: Workbench, { yaml, on, limit, known, stopped }: Preview): Promise<SourcePreview> {
  const checked = checkSource(yaml)
  if ('fault' in checked) return { faults: [checked.fault], ...nothing }
  const { source } = checked
  const fault = await sqlFault(bench, source)
  if (fault) return { faults: [faultAt(yaml, fault.at, fault.sentence)], ...nothing }
  const files = on === 'samples' ? sampleFiles(bench, source) : [{ path: on.path, samples: [] }]
  const entries: (Tried & { readonly sample: Sample | undefined })[] = []
  try {
    for (const { path, samples } of files) {
      const some = await tried(bench, source, path, limit - entries.length, stopped)
      // Of a sample that is several events, the first is what it tells of.
      entries.push(...some.map((one, index) => ({ ...one, sample: samples[index] })))
      if (entries.length >= limit) break
    }
  } catch (error) {
    // The file is not what `read` says.
    if (!(error instanceof AppError) || !unreadable.has(error.code)) throw error
    return { faults: [faultAt(yaml, ['read'], error.message)], ...nothing }
  }
  const documents = entries.map(({ document }) => document)
  const path = files[0]?.path
  return {
    faults: [],
    fields: fieldsOf(source, entries),
    rows: entries.map((entry) => rowOf(source, entry, path)),
    paths: pathsOf(documents),
    rivals: rivalsOf(source, known, documents, path)
  }
}

const unreadable: ReadonlySet<string> = new Set(['file_not_a_log', 'source_invalid', 'source_unmapped', 'file_empty'])

/** Samples that are a line each lie in one file, which is read in one go; what has a header of its own lies alone. */
function sampleFiles({ folder }: Workbench, { samples, read }: Source): readonly SampleFile[] {
  const alone =
    read.as === 'csv' || (read.as === 'json' && read.each) || samples.some(({ record }) => record.includes('\n'))
  const groups = alone ? samples.map((sample) => [sample]) : samples.length ? [samples] : []
  return groups.map((of, index) => {
    const path = join(folder, `samples-${index + 1}`)
    writeFileSync(path, of.map(({ record }) => `${record}\n`).join(''))
    return { path, samples: of }
  })
}

// Made of others, or the same again: of no use beside them.
const unseen: ReadonlySet<Field> = new Set([
  'event.time_text',
  'event.dataset',
  'change.before',
  'change.after',
  'labels'
])

function fieldsOf(source: Source, entries: readonly (Tried & { sample: Sample | undefined })[]): PreviewField[] {
  const mapped = Object.keys(source.event) as PreviewField[]
  const there = (field: Field) =>
    entries.some(({ event, sample }) => event[field] !== undefined || sample?.event[field] !== undefined)
  return [...mapped, ...storedFields.filter((field) => !unseen.has(field) && !mapped.includes(field) && there(field))]
}

function rowOf(source: Source, entry: Tried & { sample: Sample | undefined }, path: string | undefined): PreviewRow {
  const { text, status, why, event, logged, sample, document } = entry
  const labels = (event.labels ?? {}) as Record<string, EventValue>
  const cells = new Map<string, PreviewCell>()
  for (const field of storedFields) {
    const value = event[field]
    if (value !== undefined && !unseen.has(field)) cells.set(field, { value })
  }
  for (const [at, [field, mapping]] of (Object.entries(source.event) as [PreviewField, Mapping][]).entries()) {
    const value = field.startsWith('labels.') ? labels[field.slice(7)] : event[field as Field]
    cells.set(field, cellOf(field, mapping, value, logged[at]))
  }
  for (const [field, expected] of Object.entries(sample?.event ?? {})) {
    const cell = cells.get(field) ?? {}
    if (!isDeepStrictEqual(cell.value ?? null, expected)) cells.set(field, { ...cell, expected })
  }
  return {
    text: text.slice(0, 20_000),
    status,
    ...(why === null ? {} : { why }),
    recognised: source.read.as === 'csv' && path ? recognises(source, path) : isOf(source, document),
    cells: Object.fromEntries([...cells].filter(([, cell]) => Object.keys(cell).length > 0))
  }
}

function cellOf(
  field: PreviewField,
  mapping: Mapping,
  value: EventValue | undefined,
  logged: string | undefined
): PreviewCell {
  if (value === undefined) return logged === undefined ? {} : { logged, unconverted: whyUnconverted(field, mapping) }
  const same = logged === undefined || typeof value === 'object' || String(value) === logged
  return same ? { value } : { value, logged }
}

/** The paths of the records, those that most of them have first, each with a value. */
function pathsOf(documents: readonly unknown[]): SourcePreview['paths'] {
  return [...seenPaths(documents).values()].flatMap(({ path, values }) => {
    const example = values.find((value) => typeof value !== 'object')
    return example === undefined ? [] : [{ path, example: String(example).slice(0, 120), present: values.length }]
  })
}

function rivalsOf(
  source: Source,
  known: readonly Source[],
  documents: readonly unknown[],
  path: string | undefined
): SourcePreview['rivals'] {
  const others = known.filter(({ id, read }) => id !== source.id && read.as === source.read.as)
  const fits = (one: Source) =>
    one.read.as === 'csv'
      ? path !== undefined && recognises(one, path)
      : documents.some((document) => isOf(one, document))
  return others.filter(fits).map((one) => {
    const more = demands(one) - demands(source)
    return { id: one.id, title: one.title, demands: more > 0 ? 'more' : more < 0 ? 'less' : 'same' }
  })
}

/** Whether a definition, alone, would be chosen for a file. A CSV file is known by its columns, filled or not. */
function recognises(source: Source, path: string): boolean {
  try {
    return recogniseFile(path, [source]).sources.includes(source)
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
