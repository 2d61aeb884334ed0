import type { EventRow, Field } from './event'
import { allOf, type Filter, oneOf } from './filter'

/** What can be followed from one event to the next: whoever did it, the session, the request, what was acted upon, where it came from. */
export const tracks = ['user', 'session', 'trace', 'target', 'address'] as const
export type Track = (typeof tracks)[number]

/** The fields that single it out: of these lists the first that an event has whole. */
const singledOutBy: Readonly<Record<Track, readonly (readonly Field[])[]>> = {
  user: [['user.name'], ['user.email'], ['user.id']],
  session: [['session.id']],
  trace: [['trace.id']],
  // Ids are often numbers, and names words, that mean nothing without their kind.
  target: [
    ['resource.type', 'resource.id'],
    ['resource.id'],
    ['resource.type', 'resource.name'],
    ['resource.name'],
    ['user.target.id'],
    ['user.target.name'],
    ['user.target.email']
  ],
  address: [['source.ip'], ['source.address']]
}

/** A track that an event stands on: the values it shares with the others there. */
export interface OnTrack {
  readonly track: Track
  readonly fields: readonly Field[]
  readonly filter: Filter
}

/** The tracks an event stands on. */
export function tracksOf(event: EventRow): readonly OnTrack[] {
  return tracks.flatMap((track) => {
    const fields = singledOutBy[track].find((each) => each.every((field) => isText(event[field])))
    if (!fields) return []
    return [{ track, fields, filter: allOf(...fields.map((field) => oneOf(field, String(event[field])))) }]
  })
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** The nearest event that passes the filter, after an event or before it; of the whole case the first or the last. */
export interface Step {
  readonly select: 'step'
  readonly event?: string
  readonly filter: Filter
  readonly forward: boolean
}

/** Where an event stands among those that pass each of the filters, in the order of time. */
export interface Positions {
  readonly select: 'positions'
  readonly event: string
  readonly of: readonly Filter[]
}

export interface Position {
  /** How many come before it, and how many there are. */
  readonly before: number
  readonly total: number
  /** Whether it passes itself. */
  readonly among: boolean
}
