import { isOf } from './entries'
import { type Candidates, newline, type Recognised, ranked } from './fitting'
import { textReading } from './format'
import type { Look } from './look'
import { parse } from './parse'
import { timed } from './timed'
import { refuseTie } from './undecided'

/** How lines of text are read: by the patterns of the definitions that recognise some of them; undefined where none does. */
export function recogniseText(
  seen: Look,
  lines: readonly string[],
  { path, name, sources, chosen, times }: Candidates
): Recognised | undefined {
  const read = textReading(patternsOf(sources))
  const all = [...lines, ...seen.further.flatMap((stretch) => stretch.split(/\r?\n/))]
  const documents = all.map(read).flatMap((reading) => ('document' in reading ? [parse(reading.document)] : []))
  const fitting = sources.filter((source) => documents.some((document) => isOf(source, document)))
  if (!fitting.length && !(chosen && sources.length)) return undefined
  if (!chosen) refuseTie({ path, name }, fitting, documents)
  const used = ranked(fitting.length ? fitting : sources, documents)
  const { encoding, compression, skip } = seen
  const shape = { as: 'text', newline: newline(seen.head), patterns: patternsOf(used) } as const
  return timed({ format: { encoding, compression, skip, shape }, sources: used }, documents, times)
}

const patternsOf = (sources: Candidates['sources']): string[] => [
  ...new Set(sources.flatMap(({ read }) => (read.as === 'lines' ? [read.pattern] : [])))
]
