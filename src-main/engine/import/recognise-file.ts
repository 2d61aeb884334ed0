import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import type { Read, Source } from '../../contract/source'
import { matches } from '../normalise/recognise'
import { eachOf, isOf } from './entries'
import { csvReading, type Format, headerNames, textReading, unwrapped } from './format'
import { guessSource } from './guess'
import { type Look, look } from './look'
import { CsvSplitter, cells } from './split-csv'
import { JsonSplitter } from './split-json'

export interface Recognised {
  readonly format: Format
  /** The definitions the file is read with; each record goes to the first that recognises it. */
  readonly sources: readonly Source[]
  /** What was guessed, where no definition fits. */
  readonly guessed?: string
}

// Names under which exports wrap their list of records.
const wrappers = [
  'Records',
  'records',
  'results',
  'items',
  'value',
  'events',
  'entries',
  'logs',
  'data',
  'response',
  'result',
  'resources',
  'Resources',
  'list',
  'rows',
  'hits'
]

/** Tells how a file is to be read: its shape, and the definitions its records fit, or one guessed from them. */
export function recogniseFile(path: string, known: readonly Source[], wanted?: string): Recognised {
  const seen = look(path)
  const chosen = wanted === undefined ? undefined : known.filter((source) => source.id === wanted)
  if (chosen?.length === 0) {
    throw new AppError('source_unknown', `There is no source “${wanted}”. \`spoor sources\` lists those there are.`, {
      suggestion: 'sources'
    })
  }
  const usable = chosen ?? known
  const begin = seen.head.trimStart()
  const lines = begin.split(/\r\n|\n|\r/).slice(0, 200)
  const jsonLines = lines.filter((line) => /^\s*[{[]/.test(line)).length
  if (/^[{[]/.test(begin) || jsonLines > lines.length / 2) return json(path, seen, begin, usable, chosen)
  return text(seen, lines, usable, chosen) ?? csv(path, seen, begin, usable, chosen)
}

const newline = (head: string) => (head.includes('\n') || !head.includes('\r') ? 'lf' : 'cr')

function json(
  path: string,
  seen: Look,
  begin: string,
  known: readonly Source[],
  chosen: readonly Source[] | undefined
): Recognised {
  const sources = known.filter((source) => source.read.as === 'json')
  const lines = begin.split(/\r\n|\n|\r/)
  if (!seen.whole && lines.length > 1) lines.pop()
  const parsed = lines.slice(0, 500).map(parse)
  const objects = parsed.filter(isObject)
  const filled = lines.slice(0, 500).filter((line) => line.trim() !== '').length
  const oneALine = objects.length > 0 && objects.length >= filled / 2
  const base = { encoding: seen.encoding, compression: seen.compression, skip: seen.skip }
  const isRecord = (document: unknown) => sources.some((source) => isOf(source, document))
  const keyOf = (document: object) =>
    isRecord(document) ? undefined : wrapperKey(document as Record<string, unknown>, sources)
  if (oneALine) {
    const key = keyOf(objects[0] as object)
    if (key === undefined) {
      const further = seen.further
        .flatMap((stretch) => stretch.split('\n'))
        .map(parse)
        .filter(isObject)
      return decide(
        path,
        { ...base, shape: { as: 'lines', newline: newline(seen.head) } },
        [...objects, ...further],
        sources,
        chosen
      )
    }
    return decide(path, { ...base, shape: { as: 'json', key } }, elements(begin, key), sources, chosen)
  }
  if (begin.startsWith('['))
    return decide(path, { ...base, shape: { as: 'json' } }, elements(begin, undefined), sources, chosen)
  const key = openKey(begin, sources, isRecord)
  return decide(
    path,
    { ...base, shape: key === undefined ? { as: 'json' } : { as: 'json', key } },
    elements(begin, key),
    sources,
    chosen
  )
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The key whose list of objects an object that is no record itself wraps. */
function wrapperKey(document: Record<string, unknown>, sources: readonly Source[]): string | undefined {
  const lists = Object.entries(document).filter(
    ([, value]) => Array.isArray(value) && (value.length === 0 || value.some(isObject))
  )
  const named = sources.flatMap(({ read }) => (read.as === 'json' && read.records !== undefined ? [read.records] : []))
  for (const name of [...named, ...wrappers]) if (lists.some(([key]) => key === name)) return name
  return lists.length === 1 && Object.keys(document).length <= 6 ? lists[0]?.[0] : undefined
}

/** The same where the object is longer than the head: by the keys before its first list of objects. */
function openKey(
  begin: string,
  sources: readonly Source[],
  isRecord: (document: unknown) => boolean
): string | undefined {
  const whole = elements(begin, undefined)
  const first = whole[0]
  if (isObject(first)) return isRecord(first) ? undefined : wrapperKey(first, sources)
  const named = sources.flatMap(({ read }) => (read.as === 'json' && read.records !== undefined ? [read.records] : []))
  for (const [, key] of begin.matchAll(/"([^"\\]{1,64})"\s*:\s*\[\s*(?=\{|$)/g)) {
    const name = key as string
    if (!named.includes(name) && !wrappers.includes(name)) continue
    const found = elements(begin, name)
    if (found.some(isRecord) || found.length > 1) return name
  }
  return undefined
}

/** The values of JSON text that may be cut off at its end. */
function elements(begin: string, key: string | undefined): unknown[] {
  const out: unknown[] = []
  const splitter = new JsonSplitter(
    ({ bytes }) => {
      if (out.length < 500) out.push(parse(bytes.toString('utf8')))
    },
    0,
    key
  )
  splitter.push(Buffer.from(begin))
  return out.filter((value) => value !== undefined)
}

function text(
  seen: Look,
  lines: readonly string[],
  known: readonly Source[],
  chosen: readonly Source[] | undefined
): Recognised | undefined {
  const sources = known.filter((source) => source.read.as === 'lines')
  const patterns = [...new Set(sources.map(({ read }) => (read.as === 'lines' ? read.pattern : '')))]
  const read = textReading(patterns)
  const all = [...lines, ...seen.further.flatMap((stretch) => stretch.split(/\r?\n/))]
  const documents = all.map(read).flatMap((reading) => ('document' in reading ? [parse(reading.document)] : []))
  const fitting = sources.filter((source) => documents.some((document) => isOf(source, document)))
  if (!fitting.length && !(chosen && sources.length)) return undefined
  const used = fitting.length ? fitting : sources
  return {
    format: {
      encoding: seen.encoding,
      compression: seen.compression,
      skip: seen.skip,
      shape: {
        as: 'text',
        newline: newline(seen.head),
        patterns: [...new Set(used.map(({ read }) => (read.as === 'lines' ? read.pattern : '')))]
      }
    },
    sources: ranked(used, documents)
  }
}

const delimiters = [',', ';', '\t', '|']

function csv(
  path: string,
  seen: Look,
  begin: string,
  known: readonly Source[],
  chosen: readonly Source[] | undefined
): Recognised {
  const sources = known.filter((source) => source.read.as === 'csv')
  const rows: string[] = []
  const splitter = new CsvSplitter(({ bytes }) => {
    if (rows.length < 500 && bytes.length) rows.push(bytes.toString('utf8'))
  })
  splitter.push(Buffer.from(begin))
  if (seen.whole) splitter.end()
  const [header, ...body] = rows
  const delimiter = header === undefined ? undefined : delimiterOf(header, body)
  if (header === undefined || delimiter === undefined) {
    throw new AppError(
      'file_not_a_log',
      `${basename(path)} is text, but neither JSON nor a table with a header. Export the audit log as JSON, JSON lines or CSV, and import that.`,
      { file: path }
    )
  }
  const names = headerNames(header, delimiter)
  const of = (source: Source | undefined) => ({
    as: 'csv' as const,
    delimiter,
    cells: source?.read.as === 'csv' ? (source.read.cells ?? {}) : {}
  })
  const documentsFor = (source: Source | undefined) => {
    const read = csvReading(names, of(source))
    return body.map(read).flatMap((reading) => ('document' in reading ? [parse(reading.document)] : []))
  }
  // A CSV file has one header, so it is of one source. Its columns count, not whether the first rows fill them.
  const columns = Object.fromEntries(names.map((name) => [name, 'x']))
  const byColumns = (source: Source) => matches({ ...source.recognise, equals: {} }, columns)
  const fitting = chosen
    ? sources
    : sources.filter((source) => byColumns(source) || documentsFor(source).some((document) => isOf(source, document)))
  const source = ranked(fitting, documentsFor(fitting[0]))[0]
  return decide(
    path,
    { encoding: seen.encoding, compression: seen.compression, skip: seen.skip, shape: of(source) },
    documentsFor(source),
    source ? [source] : [],
    source ? [source] : undefined
  )
}

/** The delimiter that gives the header at least two cells, and the rows as many. */
function delimiterOf(header: string, body: readonly string[]): string | undefined {
  const scored = delimiters.map((delimiter) => {
    const width = cells(header, delimiter).length
    const same = body.slice(0, 50).filter((row) => cells(row, delimiter).length === width).length
    return { delimiter, width, fits: body.length ? same / Math.min(50, body.length) : 0 }
  })
  const best = scored
    .filter(({ width, fits }) => width > 1 && fits >= 0.5)
    .sort((a, b) => b.fits - a.fits || b.width - a.width)[0]
  return best?.delimiter
}

/** More demanding definitions first: a record that fits two goes to the one that asks for more. */
function ranked(sources: readonly Source[], documents: readonly unknown[]): Source[] {
  const demands = ({ recognise }: Source) =>
    recognise.all.length + Object.keys(recognise.equals ?? {}).length + (recognise.any ? 0.5 : 0)
  const hits = (source: Source) => documents.filter((document) => isOf(source, document)).length
  return [...sources].sort((a, b) => demands(b) - demands(a) || hits(b) - hits(a))
}

function decide(
  path: string,
  format: Format,
  samples: readonly unknown[],
  sources: readonly Source[],
  chosen: readonly Source[] | undefined
): Recognised {
  if (chosen?.length) {
    return { format: readAs(format, unwrapOf(chosen), chosen), sources: chosen }
  }
  const fields = new Set(sources.map((source) => unwrapOf([source])).filter((field) => field !== undefined))
  // Read as it is, or with a field unwrapped: whichever lets the sources recognise more.
  const best = [undefined, ...fields]
    .map((unwrap) => fitting(samples, sources, unwrap))
    .reduce((most, one) => (one.fit > most.fit ? one : most))
  if (best.fit > 0) {
    const { unwrap, used, unread } = best
    const rest = unread.length ? guessSource(unread, { as: 'json' } satisfies Read, basename(path)) : undefined
    const sources = rest ? [...used, rest.source] : used
    return {
      format: readAs(format, unwrap, sources),
      sources,
      ...(rest
        ? { guessed: `${unread.length} of the first ${samples.length} records fit no source: ${rest.said}` }
        : {})
    }
  }
  const objects = samples.filter(isObject)
  if (!objects.length) {
    throw new AppError(
      'file_not_a_log',
      `${basename(path)} holds no complete record: it may be cut off, or be no log. Export the audit log again as JSON, JSON lines or CSV.`,
      { file: path }
    )
  }
  const read: Read = format.shape.as === 'csv' ? { as: 'csv' } : { as: 'json' }
  const { source, said } = guessSource(objects, read, basename(path))
  return { format, sources: [source], guessed: said }
}

function readAs(format: Format, unwrap: string | undefined, sources: readonly Source[]): Format {
  const each = eachOf(sources)
  return { ...format, ...(unwrap === undefined ? {} : { unwrap }), ...(each === undefined ? {} : { each }) }
}

/** Which sources recognise the samples, read with this field unwrapped or as they are, and what none of them does. */
function fitting(samples: readonly unknown[], sources: readonly Source[], unwrap: string | undefined) {
  const read = unwrap === undefined ? undefined : unwrapped(unwrap)
  const documents = samples.map((document) => {
    const inner = read?.(JSON.stringify(document))
    return inner === undefined ? document : parse(inner)
  })
  const all = ranked(sources, documents)
  const of = documents.map((document) => all.find((source) => isOf(source, document)))
  const unread = documents.filter((document, index) => isObject(document) && of[index] === undefined)
  return {
    unwrap,
    fit: of.filter(Boolean).length,
    used: all.filter((source) => of.includes(source)),
    unread
  }
}

const unwrapOf = (sources: readonly Source[]): string | undefined =>
  sources.flatMap(({ read }) => (read.as === 'json' && read.unwrap !== undefined ? [read.unwrap] : []))[0]
