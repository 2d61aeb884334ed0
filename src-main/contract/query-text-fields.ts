import { type Field, fieldNames, fields } from './event'

export interface Completion {
  /** What is put in the place of `from` to `to`. */
  readonly text: string
  readonly label: string
  readonly about: string
  readonly kind: 'field' | 'value' | 'time' | 'keyword'
}

const times = [
  ...['last 15 minutes', 'last 24 hours', 'last 7 days', 'last 30 days', 'last 90 days'].map((text) => ({
    text,
    about: 'Before the newest event of the case.'
  })),
  ...['today', 'yesterday', 'this week', 'this month'].map((text) => ({
    text,
    about: 'By the calendar, in the zone shown.'
  }))
]

/** Words that stand where a field does. */
const besides: Readonly<Record<string, string>> = {
  names: 'What directory files call the ids of an event: names:alice, names:ali*, names:*',
  is: 'What you did with an event: is:starred, is:tagged, is:commented, is:marked',
  tag: 'A tag you gave: tag:exfil, tag:*',
  comment: 'What a comment of yours has in it: comment:phish',
  record: 'Anything in the record as logged, by its path: record.context.diff.name:alice'
}

function rankOf(field: Field, sought: string): number {
  const title = fields[field].title.toLowerCase()
  if (field.startsWith(sought)) return 0
  if (title.startsWith(sought)) return 1
  if (field.split('.').some((part) => part.startsWith(sought))) return 2
  return field.includes(sought) || title.includes(sought) ? 3 : 4
}

/** What could stand where a field may: fields by their name, their title or a part of it, and stretches of time. */
export function fieldOptions(typed: string): Completion[] {
  const sought = typed.toLowerCase()
  const begins = (text: string) => sought !== '' && text.startsWith(sought)
  const found = fieldNames
    .map((field) => ({ field, rank: rankOf(field, sought) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ field }): Completion => {
      const { title, about } = fields[field]
      return { text: `${field}:`, label: field, about: `${title}. ${about}`, kind: 'field' }
    })
  const words = Object.entries(besides)
    .filter(([word]) => begins(word))
    .map(
      ([word, about]): Completion => ({
        text: word === 'record' ? 'record.' : `${word}:`,
        label: word,
        about,
        kind: 'field'
      })
    )
  const stretches = times
    .filter(({ text }) => begins(text))
    .map(({ text, about }): Completion => ({ text, label: text, about, kind: 'time' }))
  return [...found, ...words, ...stretches]
}
