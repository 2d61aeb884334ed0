import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { Source } from '../../contract/source'

/** Where the rules of a definition stand in its file. */
export interface Lines {
  readonly file: string
  /** The line of a key, as `['event', 'user.name']`. */
  lineOf(at: readonly string[]): number | undefined
}

/** Finds the rules of definitions in their files. One that has changed since a log was read with it has no lines to show. */
export class DefinitionLines {
  readonly #folders: () => readonly string[]
  readonly #known = new Map<string, { readonly text: string; readonly lines: Lines; readonly source: string }>()

  /** Folders as definitions are looked for: one in a later folder takes the place of one in an earlier. */
  constructor(folders: () => readonly string[]) {
    this.#folders = folders
  }

  async of(source: Source): Promise<Lines | undefined> {
    for (const folder of this.#folders().toReversed()) {
      const file = join(folder, `${source.id}.yaml`)
      const text = await readFile(file, 'utf8').catch(() => undefined)
      if (text === undefined) continue
      const known = this.#known.get(file)
      const found = known?.text === text ? known : { text, ...linesIn(text, basename(file)) }
      this.#known.set(file, found)
      if (found.source === written(source)) return found.lines
    }
    return undefined
  }
}

/** What an import was told of the times of a file is no part of the definition’s text; how long a product keeps its log is none of how it is read. */
const written = ({ times: _, retention: __, keeps: ___, ...source }: Source): string => JSON.stringify(source)

function linesIn(text: string, file: string): { lines: Lines; source: string } {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const lineOf = (at: readonly string[]) => {
    const parent = at.length > 1 ? document.getIn(at.slice(0, -1), true) : document.contents
    const pairs = (parent as { items?: readonly { key?: unknown }[] } | undefined)?.items
    const key = pairs?.find((pair) => isNode(pair.key) && String(pair.key) === at.at(-1))?.key
    const offset = isNode(key) ? key.range?.[0] : undefined
    return offset === undefined ? undefined : counter.linePos(offset).line
  }
  return { lines: { file, lineOf }, source: written(document.toJS() as Source) }
}
