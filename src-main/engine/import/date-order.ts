import type { Times } from '../../contract/source'

const numbers = /^(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})\b/

/**
 * Whether the day or the month comes first in dates such as 03/04/2026: told by any number above twelve. `open` where every date could
 * be read both ways, `both` where some can only be read one way and some only the other; undefined where no date is written so.
 */
export function dateOrder(texts: readonly string[]): Times['dates'] | 'open' | 'both' {
  let some = false
  let [day, month] = [false, false]
  for (const text of texts) {
    const found = numbers.exec(text.trim())
    if (!found) continue
    some = true
    if (Number(found[1]) > 12) day = true
    if (Number(found[3]) > 12) month = true
  }
  if (!some) return undefined
  if (day && month) return 'both'
  return day ? 'dmy' : month ? 'mdy' : 'open'
}

const halfDay = /[AP]M$/i

/** What is taken for granted where nothing tells. */
export const usualOrder = (texts: readonly string[]): 'dmy' | 'mdy' =>
  texts.some((text) => halfDay.test(text.trim())) ? 'mdy' : 'dmy'
