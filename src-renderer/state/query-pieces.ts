import { type Highlight, highlight } from '../../src-main/contract/query-text'

/** A run of the query text and how it is coloured; the runs joined are the text. */
export interface Piece {
  readonly text: string
  readonly kind: Highlight['kind'] | 'plain'
  readonly wrong: boolean
}

/** The query text in runs, for the layer behind the box; what lies in `wrong` is underlined. */
export function queryPieces(
  text: string,
  wrong: { readonly from: number; readonly to: number } | null
): readonly Piece[] {
  const marks = highlight(text)
  const cuts = new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])])
  if (wrong) cuts.add(Math.min(wrong.from, text.length)).add(Math.min(wrong.to, text.length))
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(0, -1).map((from, index) => {
    const to = at[index + 1] ?? text.length
    const kind = marks.find((mark) => mark.from <= from && mark.to >= to)?.kind ?? 'plain'
    return { text: text.slice(from, to), kind, wrong: wrong !== null && wrong.from <= from && wrong.to >= to }
  })
}
