import { highlight, type Highlight as Piece } from '../../src-main/contract/query-text'
import { rangesIn } from './query-editor'

const kinds = ['field', 'unknown', 'operator', 'value', 'text', 'regex', 'keyword', 'bracket', 'error'] as const

/** Longer texts are not coloured: no one reads them. */
const longest = 20_000

/** Colours the pieces of a query text where it stands, without touching it; `wrong` is underlined. */
export function colourQuery(
  element: HTMLElement,
  text: string,
  wrong: { readonly from: number; readonly to: number } | null
): void {
  if (typeof CSS === 'undefined' || !CSS.highlights) return
  const pieces: readonly Piece[] = text.length > longest ? [] : highlight(text)
  for (const kind of kinds) {
    const ranges = rangesIn(
      element,
      pieces.filter((piece) => piece.kind === kind)
    )
    CSS.highlights.set(`query-${kind}`, new Highlight(...ranges))
  }
  CSS.highlights.set(
    'query-wrong',
    new Highlight(...(wrong && wrong.to > wrong.from ? rangesIn(element, [wrong]) : []))
  )
}
