/** A piece of a pattern: text as it stands, any run of characters, or one character. */
export type PatternPart = string | { readonly any: '*' | '?' }

/** The pieces of a `like` pattern; a backslash takes `*`, `?` and itself as they stand. Runs of `*` are one. */
export function patternParts(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = []
  for (const [piece, literal] of pattern.matchAll(/\\([*?\\])|\*+|\?|[^*?\\]+|\\/g)) {
    const wild = literal === undefined && (piece[0] === '*' || piece === '?')
    const last = parts.at(-1)
    if (wild) parts.push({ any: piece[0] as '*' | '?' })
    else if (typeof last === 'string') parts[parts.length - 1] = last + (literal ?? piece)
    else parts.push(literal ?? piece)
  }
  return parts
}

/** The pattern of these pieces. */
export const patternOf = (parts: readonly PatternPart[]): string =>
  parts.map((part) => (typeof part === 'string' ? part.replaceAll(/[*?\\]/g, '\\$&') : part.any)).join('')
