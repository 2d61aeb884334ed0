import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Document, isMap, LineCounter, parseDocument } from 'yaml'
import { AppError } from '../../contract/errors'
import type { Source } from '../../contract/source'
import type { SourceFault } from '../../contract/source-preview'
import { type Fault, faultOf } from './source-fault'

/** A definition from its YAML text; what is wrong with it is said with file and line. */
export function readSource(text: string, file: string): Source {
  const read = checkSource(text)
  if ('source' in read) return read.source
  throw invalid(file, read.fault)
}

/** A definition from its YAML text, or the first thing wrong with it and where that stands. */
export function checkSource(text: string): { readonly source: Source } | { readonly fault: SourceFault } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const placed = (offset: number, { at, key, sentence, suggestion }: Fault): { fault: SourceFault } => {
    const { line, col } = lines.linePos(offset)
    const where = key === undefined ? at : [...at, key]
    // A text without a line has its first one all the same.
    const place = { line: Math.max(1, line), column: Math.max(1, col), at: where, sentence }
    return { fault: suggestion === undefined ? place : { ...place, suggestion } }
  }
  const [broken] = document.errors
  if (broken) {
    const sentence = broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''
    return placed(broken.pos[0], { at: [], sentence })
  }
  let source: unknown
  try {
    source = document.toJS()
  } catch (error) {
    // An alias that stands for too much, or for nothing.
    return placed(0, { at: [], sentence: (error as Error).message })
  }
  const fault = faultOf(source)
  return fault ? placed(offsetOf(document, fault), fault) : { source: source as Source }
}

/** Where a key of a definition stands in its text; for what is found wrong only when the definition is used. */
export function faultAt(text: string, at: SourceFault['at'], sentence: string): SourceFault {
  const lines = new LineCounter()
  const offset = offsetOf(parseDocument(text, { lineCounter: lines }), {
    at: at.slice(0, -1),
    key: String(at.at(-1)),
    sentence
  })
  const { line, col } = lines.linePos(offset)
  return { line, column: col, at, sentence }
}

/** The id that a text gives, sound as a definition or not. */
export function idIn(text: string): string | undefined {
  const { contents } = parseDocument(text)
  const id = isMap(contents) ? contents.get('id') : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** Every definition in these folders; one in a later folder takes the place of one with the same id in an earlier. */
export async function loadSources(folders: readonly string[]): Promise<Source[]> {
  const sources = new Map<string, Source>()
  for (const folder of folders) {
    const seen = new Map<string, string>()
    const files = await definitionsIn(folder)
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    for (const [index, file] of files.entries()) {
      const source = readSource(texts[index] as string, file)
      const other = seen.get(source.id)
      if (other) throw invalid(file, { line: 1, sentence: `${other} has the id ${source.id} too` })
      seen.set(source.id, file)
      sources.set(source.id, source)
    }
  }
  return [...sources.values()]
}

/** The files of a folder that hold definitions. */
export async function definitionsIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder)
    return names
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort()
      .map((name) => join(folder, name))
  } catch (error) {
    // A person who has written no definition has no folder for them.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Where in the text the faulty key stands, or the nearest thing around it. */
function offsetOf(document: Document, { at, key }: Fault): number {
  for (let depth = at.length; depth >= 0; depth--) {
    const node = depth ? document.getIn(at.slice(0, depth), true) : document.contents
    const pairs = (node as { items?: { key?: { value?: unknown; range?: number[] } }[] } | undefined)?.items
    const found = depth === at.length ? pairs?.find((pair) => pair.key?.value === key)?.key?.range : undefined
    const range = found ?? (node as { range?: number[] } | undefined)?.range
    if (range) return range[0] as number
  }
  return 0
}

/** A fault as an error that names file and line. */
export function invalid(
  file: string,
  { line, sentence, suggestion }: Pick<SourceFault, 'line' | 'sentence' | 'suggestion'>
): AppError {
  const hint = suggestion ? `; did you mean ${suggestion}?` : ''
  const detail = suggestion ? { file, suggestion } : { file }
  return new AppError('source_invalid', `${file}, line ${line}: ${sentence}${hint}`, detail)
}
