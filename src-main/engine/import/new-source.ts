import { basename } from 'node:path'
import { Document, isMap, isNode, isScalar, type YAMLMap } from 'yaml'
import { AppError } from '../../contract/errors'
import type { Read, Source } from '../../contract/source'
import type { NewSource } from '../../contract/source-preview'
import { patternFor } from '../normalise/patterns'
import type { Workbench } from '../store/workbench'
import { guessSource } from './guess'
import { isLines, linesRead } from './guess-lines'
import { type Seen, seenPaths } from './guess-paths'
import { look } from './look'
import { recogniseFile } from './recognise-file'
import { tried } from './tried'

/** Enough to tell a log from others, few enough to be read. */
const mostDemanded = 5

/** A definition to begin with, for the records of a file. */
export async function newSourceFor(bench: Workbench, path: string, name: string): Promise<NewSource> {
  const source = shapeOf(path)
  const records = await tried(bench, source, path, 300, () => false)
  return newSource(records.map(({ document }) => document).filter(isObject), source.read, name)
}

const isObject = (value: unknown) => value !== null && typeof value === 'object' && !Array.isArray(value)

/** A definition that reads the file's records, whatever they hold. */
function shapeOf(path: string): Source {
  const { head } = look(path)
  const [csv, lines] = [{ as: 'csv' }, linesRead(head)] as const
  const reads: readonly Read[] = [{ as: 'json' }, ...(isLines(head) ? [lines, csv] : [csv, lines])]
  let refused: unknown
  for (const read of reads) {
    const source: Source = { id: 'new', title: 'New', read, recognise: { all: ['new'] }, event: {}, samples: [] }
    try {
      if (recogniseFile(path, [source], source.id).sources.includes(source)) return source
    } catch (error) {
      if (!(error instanceof AppError) || !readOtherwise.has(error.code)) throw error
      refused ??= error
    }
  }
  throw refused
}

const readOtherwise: ReadonlySet<string> = new Set(['file_not_a_log', 'source_unmapped'])

/** A definition to begin with: what can be guessed of these documents, with a value of the log beside each line. */
export function newSource(documents: readonly unknown[], read: Read, name: string): NewSource {
  const { source, said } = guessSource(documents, read, name)
  const seen = [...seenPaths(documents).values()]
  const paths = new Map(seen.map((one) => [one.path, one]))
  const words = source.id.replace(/^guessed\.?/, '') || 'log'
  const title = `${words[0]?.toUpperCase()}${words.slice(1).replaceAll('-', ' ')}`
  const actions = valuesOf(paths.get(String(source.event['event.action'])))
  // Of the patterns that a guess knows, those that some action of this log fits.
  const used = (key: 'categories' | 'types') => {
    const patterns = source[key] ?? {}
    const fitting = onlyFirst(patterns, new Set(actions.map((action) => patternFor(patterns, action))))
    return Object.keys(fitting).length ? { [key]: fitting } : {}
  }
  const { event, change } = source
  const document = new Document({
    id: words,
    title,
    read,
    recognise: { all: demanded(documents, seen, source) },
    event,
    ...(change ? { change } : {}),
    ...used('categories'),
    ...used('types'),
    samples: []
  })
  document.commentBefore = ` A log source for Spoor, begun by guessing from ${basename(name)}.\n Change what is not so, and give it a name.`
  comment(document, 'recognise', ' A record is of this source when it has all of these.')
  for (const path of [['read'], ['change'], ...Object.keys(event).map((field) => ['event', field])]) {
    const node = document.getIn(path, true)
    if (isMap(node)) node.flow = true
  }
  const mapped = document.get('event')
  if (isMap(mapped))
    for (const [field, mapping] of Object.entries(event)) example(mapped, field, paths.get(pathIn(mapping)))
  return { yaml: document.toString({ lineWidth: 120 }), said }
}

/** Paths that every record has, those that are mapped first. */
function demanded(documents: readonly unknown[], seen: readonly Seen[], source: Source): readonly string[] {
  const scalar = seen.filter(({ values }) => values.every((value) => typeof value !== 'object'))
  const always = scalar.filter(({ values, dashes }) => values.length + dashes === Math.min(documents.length, 500))
  const mapped = new Set(Object.values(source.event).map(pathIn))
  const [first, then] = [always.filter(({ path }) => mapped.has(path)), always.filter(({ path }) => !mapped.has(path))]
  const best = [...first, ...then].slice(0, mostDemanded).map(({ path }) => path)
  return best.length ? best : source.recognise.all
}

const pathIn = (mapping: unknown): string =>
  typeof mapping === 'string' ? mapping : String((mapping as { from?: unknown } | undefined)?.from ?? '')

const valuesOf = (seen: Seen | undefined): string[] => [...new Set((seen?.values ?? []).map(String))]

const onlyFirst = (patterns: Readonly<Record<string, string>>, kept: ReadonlySet<string | undefined>) =>
  Object.fromEntries(Object.entries(patterns).filter(([pattern]) => kept.has(pattern)))

/** A value that the log has there, behind the line. */
function example(event: YAMLMap, field: string, seen: Seen | undefined): void {
  const value = seen?.values.find((one) => typeof one !== 'object')
  const node = event.get(field, true)
  if (value === undefined || !isNode(node) || (isMap(node) && node.has('sql'))) return
  node.comment = ` ${String(value).replaceAll(/\s+/g, ' ').slice(0, 60)}`
}

function comment(document: Document, key: string, text: string): void {
  const { contents } = document
  const pair = isMap(contents) ? contents.items.find((one) => isScalar(one.key) && one.key.value === key) : undefined
  if (pair && isScalar(pair.key)) pair.key.commentBefore = text
}
