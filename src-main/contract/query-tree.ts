import type { Tree } from '@lezer/common'
import { parser } from './query-parser'

/** Deeper than anyone nests, shallower than any stack. */
export const deepest = 200

let last: { readonly text: string; readonly tree: Tree } | undefined

/** The parse tree of a query text. The last one is kept: a text is read, coloured and completed at every letter. */
export function queryTree(text: string): Tree {
  if (last?.text !== text) last = { text, tree: parser.parse(text) }
  return last.tree
}
