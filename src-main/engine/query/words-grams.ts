/** Characters of a gram. */
const length = 5
/** Of so many grams in a row the least is kept: a text holds it wherever it holds all of them. */
const window = 4
/** Shorter words than this have no full window, and are in no index. */
export const shortestIndexed = length + window - 1
/** No number of a gram is greater: they are whole and of 32 bits, with a sign, which engines of JavaScript count with fastest. */
const most = 0x7fffffff
/** How many different grams an index tells apart. */
export const gramCount = 1 << 19

/** How many of five characters are no digits, by a bit for each that is one. */
const ranks = Uint8Array.from(
  { length: 1 << length },
  (_, bits) => length - bits.toString(2).replaceAll('0', '').length
)

/**
 * The grams kept of a text in UTF-8, as numbers below `gramCount`, without regard to the case of ASCII letters; written to `into`, which is
 * as long as the text. Answers how many. A text that holds another of `shortestIndexed` bytes or more has all grams that are kept of that
 * one `whole`; of the beginning of a text that is not, more are kept. (Minimizers: Roberts et al., 2004, Bioinformatics 20:3363.)
 */
export function gramsOf(text: Uint8Array, into: Uint32Array, whole: boolean): number {
  let [first, second, third] = [most, most, most]
  let before = 0
  let digits = 0
  let last = most
  let found = 0
  const from = whole ? shortestIndexed - 1 : 0
  for (let at = 0; at < text.length; at++) {
    let byte = text[at] as number
    if (byte >= 65 && byte <= 90) byte += 32
    let hash = Math.imul(before, 0x9e3779b1) ^ Math.imul(byte + 0x7f4a7c15, 0x85ebca6b)
    hash ^= hash >>> 15
    hash = Math.imul(hash, 0x2c1b3c6d)
    hash ^= hash >>> 13
    before = (before << 8) | byte
    digits = ((digits << 1) | (byte >= 48 && byte <= 57 ? 1 : 0)) & 0b11111
    // What tells one id from the next is its digits: the more of them, the less the gram.
    hash = (hash & 0xfffffff) | ((ranks[digits] as number) << 28)
    let least = hash
    if (third < least) least = third
    if (second < least) least = second
    if (first < least) least = first
    first = second
    second = third
    third = hash
    if (least !== last && at >= from) {
      last = least
      into[found++] = least & (gramCount - 1)
    }
  }
  return found
}
