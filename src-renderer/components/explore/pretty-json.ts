const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/**
 * JSON laid out in lines, every key and value spelled exactly as in the log: no number rounded, no double key lost, no escape
 * undone. Null where the text is no JSON.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  const tokens = text.match(token) ?? []
  let depth = 0
  let out = ''
  const line = () => `\n${'  '.repeat(Math.min(depth, 60))}`
  tokens.forEach((one, at) => {
    const next = tokens[at + 1]
    if (one === '{' || one === '[') {
      out += one
      depth++
      if (next !== '}' && next !== ']') out += line()
    } else if (one === '}' || one === ']') {
      const before = tokens[at - 1]
      depth--
      out += before === '{' || before === '[' ? one : line() + one
    } else if (one === ',') out += one + line()
    else out += one === ':' ? ': ' : one
  })
  return out
}
