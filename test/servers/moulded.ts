import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Json = Record<string, unknown>

/** Events in the shapes that a product gives them, taken from its fixture in turn; `place` gives each an own name and time. */
export function moulded(
  fixture: string,
  list: string | undefined,
  count: number,
  place: (event: Json, index: number, time: Date) => void,
  newest = Date.now() - 3_600_000
): Json[] {
  const read: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/sources', fixture), 'utf8'))
  const moulds = (list === undefined ? read : (read as Json)[list]) as Json[]
  return Array.from({ length: count }, (_, index) => {
    const event = structuredClone(moulds[index % moulds.length]) as Json
    place(event, index, new Date(newest - (count - 1 - index) * 1000))
    return event
  })
}

/** A UUID that says which event it names. */
export const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** Refuses parameters that a product does not know: it would not give what is asked for. */
export function unknownIn(query: URLSearchParams, known: readonly string[]): string | undefined {
  return [...query.keys()].find((name) => !known.includes(name))
}

/** Between two times as they are asked for, both included. */
export const within =
  (time: (event: Json) => string, since: string | null, until: string | null) =>
  (event: Json): boolean => {
    const at = Date.parse(time(event))
    return (since === null || at >= Date.parse(since)) && (until === null || at <= Date.parse(until))
  }

/** An opaque cursor for a place in a list, and back. */
export const cursorOf = (place: number): string => Buffer.from(`place ${place}`).toString('base64url')
export const placeOf = (cursor: string): number | undefined => {
  const place = /^place (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  return place === undefined ? undefined : Number(place)
}
