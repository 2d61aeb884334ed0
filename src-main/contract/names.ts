import type { AnyField, Field } from './event'

/** Fields in which logs speak of something by its id, and of what; `any` where the field does not tell. */
export const idFields = {
  'user.id': 'user',
  'user.name': 'user',
  'user.effective.id': 'user',
  'user.effective.name': 'user',
  'user.target.id': 'user',
  'user.target.name': 'user',
  'resource.id': 'any',
  'resource.name': 'any',
  'organization.id': 'organization',
  'organization.name': 'organization',
  'application.id': 'application',
  'application.name': 'application'
} as const satisfies { readonly [F in Field]?: string }

export type IdField = keyof typeof idFields
export const idFieldNames = Object.keys(idFields) as IdField[]
export const isIdField = (field: AnyField): field is IdField => Object.hasOwn(idFields, field)

/** An id as an event has it; `type` is the event's resource.type, which tells of what a number in resource.id is. */
export interface IdAsked {
  readonly field: IdField
  readonly id: string
  readonly type?: string
}

/** What a directory file calls an id. Two files may call it differently: both stand. */
export interface NameOf {
  readonly name: string
  readonly email?: string
  /** user, group, role, application, organization or object. */
  readonly kind: string
  /** The file that says so, its SHA-256 and the record in it, from 1. */
  readonly file: string
  readonly evidence: string
  readonly record: number
}

/** An id that events of the case hold, with how many do. */
export interface IdCount extends IdAsked {
  readonly events: number
  /** Empty where no directory names it. */
  readonly names: readonly NameOf[]
}

/** What ids are called, each name once: `alice`, or `alice / alice.old` where directories differ. */
export const nameText = (names: readonly NameOf[]): string => [...new Set(names.map(({ name }) => name))].join(' / ')

export interface IdCounts {
  /** How many ids there are in all. */
  readonly total: number
  readonly ids: readonly IdCount[]
}
