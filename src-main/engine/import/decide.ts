import { AppError } from '../../contract/errors'
import type { Read, Source } from '../../contract/source'
import { textCarrier } from './carriers'
import { eachOf } from './entries'
import { type Candidates, documentsIn, fitting, type Recognised, unwrapOf } from './fitting'
import type { Format } from './format'
import { guessSource } from './guess'
import type { Peel } from './peel'
import { timed } from './timed'
import { refuseTie, refuseTimeless } from './undecided'

/** The definitions that some of these records fit, or one guessed from them. */
export function decide(format: Format, texts: readonly string[], among: Candidates): Recognised {
  const { name, sources, chosen, times } = among
  const base = format.peel ?? {}
  if (chosen?.length) {
    if (format.shape.as === 'csv') return timed({ format, sources: chosen }, documentsIn(texts, base), times)
    const unwrap = unwrapOf(chosen)
    const own = unwrap === undefined ? undefined : { ...base, unwrap }
    const { peel, documents } = own ? { peel: own, documents: documentsIn(texts, own) } : fitting(texts, chosen, base)
    return timed({ format: readAs(format, peel, chosen), sources: chosen }, documents, times)
  }
  const { peel, documents, used, unread } = fitting(texts, sources, base)
  const read: Read = { as: format.shape.as === 'csv' ? 'csv' : 'json' }
  refuseTie(among, sources, documents)
  if (used.length) {
    if (!unread.length) return timed({ format: readAs(format, peel, used), sources: used }, documents, times)
    const { source, said } = guessSource(unread, read, name)
    const guessed = `${unread.length} of the first ${texts.length} records fit no source: ${said}`
    const all = [...used, source]
    return timed({ format: readAs(format, peel, all), sources: all, guessed }, documents, times)
  }
  if (!documents.length) throw nothing(among)
  const unwrap = format.shape.as === 'csv' ? undefined : textCarrier(documents)
  const own = unwrap === undefined ? base : { ...base, unwrap }
  const guess = documentsIn(texts, own)
  const { source, said } = guessSource(guess, read, name)
  refuseTimeless(among, source)
  return timed({ format: readAs(format, own, [source]), sources: [source], guessed: said }, guess, times)
}

function readAs(format: Format, peel: Peel, sources: readonly Source[]): Format {
  const each = eachOf(sources)
  return { ...format, ...(Object.keys(peel).length ? { peel } : {}), ...(each === undefined ? {} : { each }) }
}

const nothing = ({ name, path }: Candidates) =>
  new AppError(
    'file_not_a_log',
    `${name} holds no complete record: it may be cut off, or be no log. Export the audit log again as JSON, JSON lines or CSV.`,
    { file: path }
  )
