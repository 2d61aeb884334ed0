import type { Source } from '../../contract/source'
import { parsePath, type Step, valueAt } from '../normalise/path'
import { matches } from '../normalise/recognise'
import { items, rangeAt } from './json-text'
import type { Reading } from './reading'

/** A source of the file, as far as the reader must know it: which records are its own, and the list whose entries are events. */
export interface Each {
  readonly recognise: Source['recognise']
  readonly each?: string
}

/** More text than this is not written again and again beside each of its entries. */
const mostText = 256 << 20

const isList = (value: unknown): value is unknown[] => Array.isArray(value)

/** What the file's sources say of entries, where one of them has any; in the order in which records are given to them. */
export function eachOf(sources: readonly Source[]): readonly Each[] | undefined {
  const rules = sources.map(({ recognise: demands, read }): Each => {
    const each = read.as === 'json' ? read.each : undefined
    // Of a file with one source every record is its own.
    const recognise = sources.length === 1 ? { all: [] } : demands
    return each === undefined ? { recognise } : { recognise, each }
  })
  return rules.some(({ each }) => each !== undefined) ? rules : undefined
}

/** A record as its source reads it: with the first entry in the place of the list. */
export function firstEntry(document: unknown, each: string | undefined): unknown {
  if (each === undefined) return document
  const list = valueAt(document, parsePath(each))
  return isList(list) && list.length ? replaced(document, parsePath(each), list[0]) : document
}

/** Whether a record is of a source, read as that source reads it. */
export const isOf = ({ recognise, read }: Pick<Source, 'recognise' | 'read'>, document: unknown): boolean =>
  matches(recognise, firstEntry(document, read.as === 'json' ? read.each : undefined))

/**
 * One document for each entry of the list that the record's source names; undefined where the record is one event as it stands.
 * A record of more entries than can be kept with its text beside each is one unreadable record.
 */
export function entriesOf(rules: readonly Each[]) {
  return (text: string): readonly Reading[] | undefined => {
    const document = parsed(text)
    const rule = rules.find(({ recognise, each }) => matches(recognise, firstEntry(document, each)))
    if (rule?.each === undefined) return undefined
    const list = rangeAt(text, parsePath(rule.each))
    const entries = list ? items(text, list.from) : []
    if (!list || entries.length === 0) return undefined
    if (entries.length * text.length > mostText) {
      const [many, long] = [entries.length, text.length].map((count) => count.toLocaleString('en'))
      return [{ flag: `${many} entries in one record of ${long} characters, more than are read apart` }]
    }
    const [before, after] = [text.slice(0, list.from), text.slice(list.to)]
    return entries.map(({ from, to }) => ({ document: before + text.slice(from, to) + after }))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The document with another value at the path, the rest as it is. */
function replaced(document: unknown, path: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (isList(document)) return document.map((item, index) => (index === step ? replaced(item, rest, value) : item))
  const object = document as Record<string, unknown>
  return { ...object, [step]: replaced(object[step as string], rest, value) }
}
