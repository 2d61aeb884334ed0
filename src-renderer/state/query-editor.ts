interface Piece {
  readonly node: Text | HTMLBRElement
  /** Where it begins in the text, in characters. */
  readonly from: number
  readonly text: string
}

/** What an edited element holds: text, and breaks of lines. The break at the very end only makes the last line visible. */
function piecesIn(element: HTMLElement): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  const walker = document.createTreeWalker(element)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof HTMLBRElement || node instanceof Text)) continue
    const text = node instanceof Text ? node.data : node === element.lastChild ? '' : '\n'
    pieces.push({ node, from, text })
    from += text.length
  }
  return pieces
}

const joined = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')

/** The text in an element that is edited as plain text. */
export const textIn = (element: HTMLElement): string => joined(piecesIn(element))

/** Where the caret stands in it, in characters; at its end where it is elsewhere. */
export function caretIn(element: HTMLElement): number {
  const pieces = piecesIn(element)
  const { focusNode = null, focusOffset = 0 } = getSelection() ?? {}
  const held = pieces.find(({ node }) => node === focusNode)
  if (held) return held.from + Math.min(focusOffset, held.text.length)
  const before = focusNode === element ? pieces.find(({ node }) => node === element.childNodes[focusOffset]) : undefined
  return before ? before.from : joined(pieces).length
}

/** Selects a part of the text, or sets the caret. */
export function selectIn(element: HTMLElement, from: number, to = from): void {
  const range = rangesIn(element, [{ from, to }])[0]
  if (!range) return
  const { startContainer, startOffset, endContainer, endOffset } = range
  getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset)
}

/** Puts text in the place of a part as if it were typed, so that the browser's own undo takes it back. */
export function typeInto(element: HTMLElement, from: number, to: number, text: string): void {
  element.focus()
  selectIn(element, from, to)
  if (text !== '') document.execCommand('insertText', false, text)
  else if (to > from) document.execCommand('delete')
}

/** Parts of the text, in order, as ranges of the document. */
export function rangesIn(
  element: HTMLElement,
  parts: readonly { readonly from: number; readonly to: number }[]
): StaticRange[] {
  const pieces = piecesIn(element)
  const place = (at: number): readonly [Node, number] => {
    const held = pieces.findLast(({ from, node }) => from <= at && node instanceof Text)
    return held ? [held.node, Math.min(at - held.from, held.text.length)] : [element, 0]
  }
  return parts.map(({ from, to }) => {
    const [startContainer, startOffset] = place(from)
    const [endContainer, endOffset] = place(to)
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset })
  })
}
