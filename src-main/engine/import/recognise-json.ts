import { AppError } from '../../contract/errors'
import { valueAt } from '../normalise/path'
import { decide } from './decide'
import { type Candidates, newline, type Recognised } from './fitting'
import type { Look } from './look'
import { isObject, parse } from './parse'
import { behindPrefix } from './prefix'
import { JsonSplitter } from './split-json'
import { type Wrapped, wrappedList } from './wrapped-list'

const mostSamples = 500

/** How a file of JSON is read: one value a line, an array, a list somewhere inside, or values one after another. */
export function recogniseJson(seen: Look, among: Candidates): Recognised {
  const begin = seen.head.trimStart()
  const { encoding, compression, skip } = seen
  const base = { encoding, compression, skip }
  const { list } = among
  if (list) {
    const path = list.length ? { path: list } : {}
    return { ...decide({ ...base, shape: { as: 'json', ...path } }, values(seen, begin, list), among), list }
  }
  const lines = wholeLines(seen, begin)
  const filled = lines.filter((line) => line.trim() !== '')
  const objects = filled.filter((line) => isObject(parse(behindPrefix(line) ?? line)))
  const oneALine = objects.length > 0 && objects.length >= filled.length / 2
  const prefixed = oneALine && objects.some((line) => behindPrefix(line) !== undefined)
  const wrapped = prefixed ? undefined : wrappedList(begin, among.sources, !oneALine || objects.length === 1)
  const { path, name } = among
  if (seen.whole) refuseEmpty(parse(begin), { path, name }, wrapped?.path)
  if (wrapped) {
    const read = decide(
      { ...base, shape: { as: 'json', path: wrapped.path } },
      values(seen, begin, wrapped.path),
      among
    )
    return wrapped.others.length ? { ...read, notes: [unread(wrapped), ...(read.notes ?? [])] } : read
  }
  if (!oneALine) return decide({ ...base, shape: { as: 'json' } }, values(seen, begin, []), among)
  const further = seen.further.flatMap((stretch) => stretch.split('\n')).filter((line) => line.trim() !== '')
  const shape = { as: 'lines', newline: newline(seen.head) } as const
  return decide({ ...base, shape, ...(prefixed ? { peel: { prefixed } } : {}) }, [...objects, ...further], among)
}

/** An export of nothing is no damaged one. */
function refuseEmpty(
  whole: unknown,
  { path, name }: Pick<Candidates, 'path' | 'name'>,
  list?: readonly string[]
): void {
  const value = list ? valueAt(whole, list) : whole
  const empty = Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
  if (!empty) return
  const what = list
    ? `holds an empty list (${list.join('.')})`
    : Array.isArray(value)
      ? 'is an empty list'
      : 'holds an empty object'
  const sentence = `${name} ${what}: the export holds no records. Export it again for a time in which there were some.`
  throw new AppError('file_empty', sentence, { file: path })
}

/** Whether most of the lines are JSON objects, some of them behind a header. */
export function isPrefixed(seen: Look): boolean {
  const lines = wholeLines(seen, seen.head).filter((line) => line.trim() !== '')
  return lines.filter((line) => isObject(parse(behindPrefix(line) ?? line))).length >= lines.length / 2
}

function wholeLines(seen: Look, text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (!seen.whole && lines.length > 1) lines.pop()
  return lines.slice(0, mostSamples)
}

function unread({ path, others }: Wrapped): string {
  const [lists, are] = others.length === 1 ? ['another list', 'is'] : ['other lists', 'are']
  return `the records are those of the list ${path.join('.')}; ${lists} beside it (${others.join(', ')}) ${are} not read`
}

/** The first records of JSON text that may be cut off at its end. */
function values(seen: Look, begin: string, path: readonly string[]): string[] {
  const out: string[] = []
  const splitter = new JsonSplitter(
    ({ bytes, flag }) => {
      if (!flag && out.length < mostSamples) out.push(bytes.toString('utf8'))
    },
    0,
    path
  )
  splitter.push(Buffer.from(begin))
  if (seen.whole) splitter.end()
  return out
}
