import { AppError } from '../../contract/errors'
import type { Read, Source } from '../../contract/source'
import { eachOf, isOf } from './entries'
import { type Format, unwrapped } from './format'
import { guessSource } from './guess'
import { isObject, parse } from './parse'
import { demands } from './rivals'

export interface Recognised {
  readonly format: Format
  /** The definitions the file is read with; each record goes to the first that recognises it. */
  readonly sources: readonly Source[]
  /** What was guessed, where no definition fits. */
  readonly guessed?: string
  /** What to know of how the file is read. */
  readonly notes?: readonly string[]
}

/** How lines end in text; CR alone is of old Macs. */
export const newline = (head: string) => (head.includes('\n') || !head.includes('\r') ? 'lf' : 'cr')

/** A file's first look, and the definitions it may be read with; `chosen` where the analyst named one. */
export interface Candidates {
  readonly path: string
  /** As it is told to people. */
  readonly name: string
  readonly sources: readonly Source[]
  readonly chosen: readonly Source[] | undefined
}

/** More demanding definitions first: a record that fits two goes to the one that asks for more. */
export function ranked(sources: readonly Source[], documents: readonly unknown[]): Source[] {
  const hits = (source: Source) => documents.filter((document) => isOf(source, document)).length
  return [...sources].sort((a, b) => demands(b) - demands(a) || hits(b) - hits(a))
}

/** The definitions that some of these records fit, or one guessed from them. */
export function decide(
  format: Format,
  samples: readonly unknown[],
  { path, name, sources, chosen }: Candidates
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
    const rest = unread.length ? guessSource(unread, { as: 'json' } satisfies Read, name) : undefined
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
      `${name} holds no complete record: it may be cut off, or be no log. Export the audit log again as JSON, JSON lines or CSV.`,
      { file: path }
    )
  }
  const read: Read = format.shape.as === 'csv' ? { as: 'csv' } : { as: 'json' }
  const { source, said } = guessSource(objects, read, name)
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
