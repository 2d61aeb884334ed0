import { isObject, parse } from './parse'

const fewest = 0.5
const looked = 50

/** Whether a value holds a record: an object, or a text that is one. */
const holds = (value: unknown): value is object | string =>
  isObject(value) ? Object.keys(value).length > 1 : typeof value === 'string' && isObject(jsonIn(value))

const jsonIn = (text: string): unknown => (text.trimStart().startsWith('{') ? parse(text) : undefined)

/** Keys, one or two deep, under which at least half of the documents hold something that may be the record itself. */
export function carriers(documents: readonly unknown[]): (readonly string[])[] {
  const counts = new Map<string, number>()
  const some = documents.filter(isObject).slice(0, looked)
  const count = (path: readonly string[]) => {
    const key = JSON.stringify(path)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const document of some) {
    for (const [key, value] of Object.entries(document)) {
      if (!holds(value)) continue
      count([key])
      const inner = typeof value === 'string' ? {} : value
      for (const [below, one] of Object.entries(inner)) if (holds(one)) count([key, below])
    }
  }
  return [...counts].filter(([, seen]) => seen >= some.length * fewest).map(([key]) => JSON.parse(key))
}

/** A text field in which nearly every document, having little else, holds the JSON of what is logged. */
export function textCarrier(documents: readonly unknown[]): string | undefined {
  const some = documents.filter(isObject).slice(0, looked)
  const fields = new Set(some.flatMap((document) => (Object.keys(document).length <= 8 ? Object.keys(document) : [])))
  return [...fields].find((field) => {
    const held = some.filter(({ [field]: value }) => typeof value === 'string' && isObject(jsonIn(value)))
    return held.length >= some.length * 0.9
  })
}
