const special = /[\\^$.*+?()[\]{}|]/

/** Escaped by some writers of JSON though they need not be: Go, .NET and PHP do. */
const sometimesEscaped = new Set("&<>'+`=")

const unit = (code: number) => `u${code.toString(16).padStart(4, '0')}`
const escapes = (character: string) =>
  Array.from({ length: character.length }, (_, at) => `\\\\{1,2}${unit(character.charCodeAt(at))}`).join('')

const control: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }

/** How one character of the words may stand in a record. */
function spelled(character: string): string {
  if (character === '"') return '(?:\\\\{0,3}"|""|\\\\{1,2}u0022)'
  if (character === '\\') return '(?:\\\\{1,2}|\\\\u005c)'
  if (character === '/') return '(?:\\\\?/|\\\\u002f)'
  const plain = special.test(character) ? `\\${character}` : character
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) {
    const short = control[character]
    return `(?:\\x${code.toString(16).padStart(2, '0')}${short ? `|\\\\{1,2}${short}` : ''}|${escapes(character)})`
  }
  if (sometimesEscaped.has(character)) return `(?:${plain}|${escapes(character)})`
  if (code < 0x7f) return plain
  const cases = new Set([character, character.toLowerCase(), character.toUpperCase()])
  return `(?:${[...cases].flatMap((one) => [one, escapes(one)]).join('|')})`
}

/**
 * A regular expression (RE2, without regard to case) for words as they may stand in a record: as typed, or escaped as writers of JSON and CSV
 * escape them, JSON within JSON included.
 */
export const wordsPattern = (text: string): string => [...text].map(spelled).join('')

/** Stretches of the words that stand in a record as typed, however it escapes the rest. */
export function plainRuns(text: string): string[] {
  const runs = ['']
  for (const character of text) {
    const asTyped = spelled(character).replace(/^\\/, '') === character
    if (asTyped) runs.push(`${runs.pop()}${character}`)
    else runs.push('')
  }
  return runs.filter((run) => run !== '')
}
