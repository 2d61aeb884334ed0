import type { LedgerLine } from '../../contract/evidence'
import type { Source, Times } from '../../contract/source'
import { carriers } from './carriers'
import { isOf } from './entries'
import type { Format } from './format'
import { isObject, parse } from './parse'
import { type Peel, peeled } from './peel'
import { demands } from './rivals'

export interface Recognised {
  readonly format: Format
  /** The definitions the file is read with; each record goes to the first that recognises it. */
  readonly sources: readonly Source[]
  /** What was guessed, where no definition fits. */
  readonly guessed?: string
  /** What to know of how the file is read. */
  readonly notes?: readonly string[]
  /** What its times leave open, and how that is read. */
  readonly times?: LedgerLine['times']
  /** The list of its records, where whoever brought it said which. */
  readonly list?: readonly string[]
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
  /** What the analyst said of the file's times. */
  readonly times: Times
  /** The keys that lead to the list of records, where that is known; none where the file is such lists. */
  readonly list: readonly string[] | undefined
}

/** More demanding definitions first: a record that fits two goes to the one that asks for more. */
export function ranked(sources: readonly Source[], documents: readonly unknown[]): Source[] {
  const hits = (source: Source) => documents.filter((document) => isOf(source, document)).length
  return [...sources].sort((a, b) => demands(b) - demands(a) || hits(b) - hits(a))
}

/** Which sources recognise some records, and what none of them does. */
export interface Fitting {
  readonly peel: Peel
  /** The records as they are read with that taken off. */
  readonly documents: readonly unknown[]
  readonly used: readonly Source[]
  readonly unread: readonly unknown[]
}

/** Reads records as they are, with a field unwrapped, or for what they carry: whichever lets the sources recognise most. */
export function fitting(texts: readonly string[], sources: readonly Source[], base: Peel): Fitting {
  const asTheyAre = fit(texts, sources, base)
  const fields = new Set(sources.map((source) => unwrapOf([source])).filter((field) => field !== undefined))
  const unwrapping = [...fields].map((unwrap) => fit(texts, sources, { ...base, unwrap }))
  const best = [asTheyAre, ...unwrapping].reduce((most, one) => (recognised(one) > recognised(most) ? one : most))
  if (recognised(best) > 0) return best
  const inside = carriers(asTheyAre.documents).map((path) => fit(texts, sources, { ...base, inside: path }))
  return [best, ...inside].reduce((most, one) => (recognised(one) > recognised(most) ? one : most))
}

const recognised = ({ documents, unread, used }: Fitting) => (used.length ? documents.length - unread.length : 0)

/** Records as they are read with this taken off. */
export function documentsIn(texts: readonly string[], peel: Peel): readonly unknown[] {
  const read = peeled(peel)
  return texts.map((text) => parse(read?.(text) ?? text)).filter(isObject)
}

function fit(texts: readonly string[], sources: readonly Source[], peel: Peel): Fitting {
  const documents = documentsIn(texts, peel)
  const all = ranked(sources, documents)
  const of = documents.map((document) => all.find((source) => isOf(source, document)))
  return {
    peel,
    documents,
    used: all.filter((source) => of.includes(source)),
    unread: documents.filter((_, index) => of[index] === undefined)
  }
}

/** The field these definitions unwrap. */
export const unwrapOf = (sources: readonly Source[]): string | undefined =>
  sources.flatMap(({ read }) => (read.as === 'json' && read.unwrap !== undefined ? [read.unwrap] : []))[0]
