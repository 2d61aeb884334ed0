// A key, `=`, and a value in double or single quotes or bare; bare values end at ", " so that they may hold spaces.
const pair = /([\w.-]+)=(?:"([^"]*)"|'([^']*)'|([^,]*?))(?=\s*,\s*[\w.-]+=|\s*,?\s*$)/g

/** The `key=value` pairs of a line as jboss-logging writes them; `null` is absent. Null where there are none. */
export function pairs(text: string): Record<string, string> | null {
  const out: Record<string, string> = {}
  let found = false
  for (const [, key, double, single, bare] of text.matchAll(pair)) {
    found = true
    const value = double ?? single ?? bare?.trim() ?? ''
    if (value !== 'null' && value !== '') out[key as string] = value
  }
  return found ? out : null
}
