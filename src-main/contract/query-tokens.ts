import { ExternalTokenizer, type InputStream, type Stack } from '@lezer/lr'
import {
  AndWord,
  Bound,
  Every,
  Last,
  Minus,
  Name,
  NotWord,
  OrWord,
  Regex,
  To,
  Value,
  When,
  Word
} from './query-parser.terms'

const keywords: Readonly<Record<string, number>> = { or: OrWord, and: AndWord, not: NotWord }
/** `last 30 days`, `last hour`. */
export const lastForm =
  /^last\s+(?:(\d{1,6})\s*)?(mo|months?|m|mins?|minutes?|h|hours?|d|days?|w|weeks?|y|years?)(?![^\s()])/i
/** `today`, `yesterday`, `this week`: a stretch of the calendar. */
export const whenForm = /^(?:today|yesterday|this\s+(?:week|month|year))(?![^\s()])/i
/** `every monday at 9 in Europe/Berlin`: a cell of the heat map. */
export const everyForm =
  /^every\s+(mon|tues|wednes|thurs|fri|satur|sun)day\s+at\s+(\d{1,2})(?::00)?(?:\s+in\s+([A-Za-z0-9_+\-/]+))?(?![^\s()])/i

const regexForm = /^\/(?:[^/\\]|\\.)+\/(?![^\s()])/s
const valueForm = /^(?![[{<>"()=])(?:[^\s()"\\]|\\.)+/s
const boundForm = /^(?:[^\s[\]{}()"\\]|\\.)+/s
// A name may hold quoted keys after a dot: record."odd key".id
const nameForm = /^[\p{L}@_](?:\."(?:[^"\\]|\\.)*"|[^\s()":=<>\\]|\\(?![\s()":=<>]))*/u
const wordForm = /^(?![-:=<>[\]{}"()])(?:[^\s()"\\]|\\.)+/s

function read(input: InputStream, length: number): string {
  let text = ''
  for (let offset = 0; offset < length; offset++) {
    const code = input.peek(offset)
    if (code < 0) break
    text += String.fromCharCode(code)
  }
  return text
}

function token(text: string, can: (term: number) => boolean): [term: number, length: number] | undefined {
  const length = (form: RegExp) => form.exec(text)?.[0].length ?? 0
  if (can(To) && /^to(?!\S)/i.test(text)) return [To, 2]
  if (can(Bound)) return [Bound, length(boundForm)]
  const keyword = keywords[/^[a-z]+(?![^\s()])/i.exec(text)?.[0].toLowerCase() ?? '']
  if (can(Value) || can(Regex)) {
    if (keyword !== undefined && can(keyword)) return [keyword, keyword === OrWord ? 2 : 3]
    if (can(Regex) && regexForm.test(text)) return [Regex, length(regexForm)]
    // Inside a list a minus negates the value after it.
    if (can(Minus) && text.startsWith('-')) return undefined
    return [Value, length(valueForm)]
  }
  if (keyword !== undefined) return [keyword, keyword === OrWord ? 2 : 3]
  if (lastForm.test(text)) return [Last, length(lastForm)]
  if (whenForm.test(text)) return [When, length(whenForm)]
  if (everyForm.test(text)) return [Every, length(everyForm)]
  const name = length(nameForm)
  return name > 0 ? [Name, name] : [Word, length(wordForm)]
}

/** All of a text is the beginning of `last 30 days`, `every monday at 9 in Europe/Berlin`. */
const unfinished = /^(?:(?:last|this)\s+\S*|every(?:\s+\S+){0,5}\s*)$/i

/** Whether more of the text could make this token another one: it fills the window, or something in it is not closed within. */
function mayGoOn(text: string, found: readonly [term: number, length: number] | undefined): boolean {
  const length = found?.[1] ?? 0
  if (length >= text.length - 1 || unfinished.test(text)) return true
  if (found?.[0] === Name) return text[length - 1] === '.' && text[length] === '"'
  return found?.[0] === Value && /^\/(?:[^/\\]|\\.)*$/s.test(text)
}

/** Words, values and keywords: which one a run of characters is depends on what may stand there. */
export const words = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    // Most tokens are short; only what may reach beyond the end of the window is read again with a wider one.
    for (const window of [80, 4_096, Number.POSITIVE_INFINITY]) {
      const text = read(input, window)
      const found = token(text, (term) => stack.canShift(term))
      if (text.length === window && (found?.[1] ?? 0) > 0 && mayGoOn(text, found)) continue
      if (found && found[1] > 0) input.acceptToken(found[0], found[1])
      return
    }
  },
  { contextual: true }
)
