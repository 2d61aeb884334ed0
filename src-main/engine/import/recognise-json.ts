import { type Candidates, decide, newline, type Recognised } from './fitting'
import type { Format } from './format'
import type { Look } from './look'
import { isObject, parse } from './parse'
import { JsonSplitter } from './split-json'
import { wrappedList } from './wrapped-list'

const mostSamples = 500

/** How a file of JSON is read: one value a line, an array, a list somewhere inside, or values one after another. */
export function recogniseJson(seen: Look, among: Candidates): Recognised {
  const begin = seen.head.trimStart()
  const lines = begin.split(/\r\n|\n|\r/)
  if (!seen.whole && lines.length > 1) lines.pop()
  const first = lines.slice(0, mostSamples)
  const objects = first.map(parse).filter(isObject)
  const filled = first.filter((line) => line.trim() !== '').length
  const oneALine = objects.length > 0 && objects.length >= filled / 2
  const wrapped = wrappedList(begin, among.sources, !oneALine || objects.length === 1)
  const { encoding, compression, skip } = seen
  const read = (shape: Format['shape'], samples: readonly unknown[]): Recognised => {
    const recognised = decide({ encoding, compression, skip, shape }, samples, among)
    return wrapped?.others.length ? { ...recognised, notes: [unread(wrapped.path, wrapped.others)] } : recognised
  }
  if (wrapped) return read({ as: 'json', path: wrapped.path }, values(seen, begin, wrapped.path))
  if (!oneALine) return read({ as: 'json' }, values(seen, begin, []))
  const further = seen.further.flatMap((stretch) => stretch.split('\n')).map(parse)
  return read({ as: 'lines', newline: newline(seen.head) }, [...objects, ...further.filter(isObject)])
}

const unread = (path: readonly string[], others: readonly string[]): string =>
  `the records are those of the list ${path.join('.')}; ${others.length === 1 ? 'another list' : 'other lists'} beside it (${others.join(', ')}) ${others.length === 1 ? 'is' : 'are'} not read`

/** The first records of JSON text that may be cut off at its end. */
function values(seen: Look, begin: string, path: readonly string[]): unknown[] {
  const out: unknown[] = []
  const splitter = new JsonSplitter(
    ({ bytes }) => {
      if (out.length < mostSamples) out.push(parse(bytes.toString('utf8')))
    },
    0,
    path
  )
  splitter.push(Buffer.from(begin))
  if (seen.whole) splitter.end()
  return out.filter((value) => value !== undefined)
}
