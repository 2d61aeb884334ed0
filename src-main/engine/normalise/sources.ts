import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { AppError } from '../../contract/errors'
import type { Source } from '../../contract/source'
import { type Fault, faultOf } from './source-fault'

/** A definition from its YAML text; what is wrong with it is said with file and line. */
export function readSource(text: string, file: string): Source {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    const sentence = broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''
    throw invalid(file, lines.linePos(broken.pos[0]).line, { at: [], sentence })
  }
  const source: unknown = document.toJS()
  const fault = faultOf(source)
  if (fault) throw invalid(file, lines.linePos(offsetOf(document, fault)).line, fault)
  return source as Source
}

/** Every definition in these folders; one in a later folder takes the place of one with the same id in an earlier. */
export async function loadSources(folders: readonly string[]): Promise<Source[]> {
  const sources = new Map<string, Source>()
  for (const folder of folders) {
    const seen = new Map<string, string>()
    for (const file of await definitionsIn(folder)) {
      const source = readSource(await readFile(file, 'utf8'), file)
      const other = seen.get(source.id)
      if (other) throw invalid(file, 1, { at: [], sentence: `${other} has the id ${source.id} too` })
      seen.set(source.id, file)
      sources.set(source.id, source)
    }
  }
  return [...sources.values()]
}

async function definitionsIn(folder: string): Promise<string[]> {
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

function invalid(file: string, line: number, { sentence, suggestion }: Fault): AppError {
  const hint = suggestion ? `; did you mean ${suggestion}?` : ''
  const detail = suggestion ? { file, suggestion } : { file }
  return new AppError('source_invalid', `${file}, line ${line}: ${sentence}${hint}`, detail)
}
