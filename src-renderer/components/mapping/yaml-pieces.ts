/** A stretch of a line of YAML, for its colour. */
export interface Piece {
  readonly kind: 'comment' | 'key' | 'text' | 'plain'
  readonly text: string
}

const piece =
  /(?<comment>(?<=^|\s)#.*)|(?<key>(?:"[^"]*"|'[^']*'|[^\s#:,{}[\]"'][^\s:,{}[\]]*)(?=:(?:\s|$)))|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/g

/** The pieces of a line. Colours only: what the text means is told by its reader. */
export function yamlPieces(line: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const found of line.matchAll(piece)) {
    if (found.index > at) pieces.push({ kind: 'plain', text: line.slice(at, found.index) })
    const { comment, key } = found.groups ?? {}
    pieces.push({ kind: comment !== undefined ? 'comment' : key !== undefined ? 'key' : 'text', text: found[0] })
    at = found.index + found[0].length
  }
  if (at < line.length) pieces.push({ kind: 'plain', text: line.slice(at) })
  return pieces
}
