// A key, `=`, and a value, bare or in quotes. It ends where the next pair or the text's end follows, so that quotes, commas and spaces
// inside a value stay in it: Keycloak writes a representation's JSON as it is.
const pair = /([\w.-]+)=(?:(["'])(.*?)\2|([^"'].*?|))(?=\s*,\s*[\w.-]+=|\s*,?\s*$)/gs

/** The `key=value` pairs of a line as jboss-logging writes them; `null` is absent, so is a value the line's end cuts off. */
export function pairs(text: string): Record<string, string> | null {
  const out: Record<string, string> = {}
  let found = false
  for (const [, key, quote, quoted, bare] of text.matchAll(pair)) {
    found = true
    const value = quoted?.replaceAll(`\\${quote}`, quote as string) ?? bare?.trim() ?? ''
    if (value !== 'null' && value !== '') out[key as string] = value
  }
  return found ? out : null
}
