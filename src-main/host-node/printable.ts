const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6])/u
const noWidth = /^(?:\p{Mn}|\p{Me}|\u200d|\ufe0f)/u
// Control characters, line ends, and those that turn the direction of what follows. A log may hold them to deceive its reader.
const deceptive = /[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\p{Cs}]/gu

/** Text of a log as it may stand on a screen: what would move the cursor or colour the line is spelled out. */
export const printable = (text: string): string =>
  text.replace(deceptive, (found) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[found]
    return known ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`
  })

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += noWidth.test(character) ? 0 : wide.test(character) ? 2 : 1
  return columns
}

/** The text cut to at most so many columns; what is cut is shown by an ellipsis. */
export function fit(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let used = 1
  for (const character of text) {
    used += columnsOf(character)
    if (used > columns) break
    kept += character
  }
  return `${kept}…`
}
