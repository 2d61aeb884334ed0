import type { AnyField } from '../../contract/event'
import { unknownField } from '../../contract/query-text-field'
import { type AnyStep, recordSteps, type Step } from '../../contract/record-path'
import type { Dialect } from './dialect'
import type { Bind } from './field-sql'

/** Where something stands in a record, as the database finds it; `many` where the path leaves open which of several. */
export interface RecordPlace {
  readonly path: string
  readonly many: boolean
}

/** The place of a path into the record. Without open steps a JSON pointer: unlike a path, it can hold any key. */
export function recordPlace(field: AnyField): RecordPlace {
  const steps = recordSteps(field.slice('record.'.length))
  if (!steps) throw unknownField(field)
  return steps.some((step) => typeof step === 'object')
    ? { path: `$${steps.map(openStep).join('')}`, many: true }
    : {
        path: steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
        many: false
      }
}

function openStep(step: Step | AnyStep): string {
  if (typeof step === 'object') return step.any === 'key' ? '.*' : '[*]'
  return typeof step === 'number' ? `[${step}]` : `."${step.replaceAll(/["\\]/g, '\\$&')}"`
}

/** The first text at a place in the record, to sort and count by. */
export function recordText(field: AnyField, bind: Bind, dialect: Dialect): string {
  const { path, many } = recordPlace(field)
  const found = dialect.recordText(bind(path))
  return many ? dialect.first(found) : found
}

/** A condition on the text at a place in the record: one of its texts, where there are several, and in a list any of its elements. */
export function recordWhere(
  field: AnyField,
  bind: Bind,
  dialect: Dialect,
  condition: (text: string) => string
): string {
  const { path, many } = recordPlace(field)
  const found = dialect.recordText(bind(path))
  return dialect.anyOf(dialect.withElements(many ? found : `[${found}]`), condition)
}

/** A text at the place is one that a query lists; within the list of texts there could be no subquery, so they come out of it. */
export function recordAmong(
  field: AnyField,
  as: (text: string) => string,
  listed: string,
  bind: Bind,
  dialect: Dialect
): string {
  const { path, many } = recordPlace(field)
  const found = dialect.recordText(bind(path))
  const texts = dialect.withElements(many ? found : `[${found}]`)
  return `rowid IN (SELECT r FROM (SELECT rowid AS r, unnest(${texts}) AS t FROM entry) WHERE ${as('t')} IN (${listed}))`
}

/** Whether there is something but null at the place. */
export function recordPresent(field: AnyField, bind: Bind, dialect: Dialect): string {
  const { path, many } = recordPlace(field)
  const found = dialect.recordText(bind(path))
  return many ? dialect.anyOf(found, (text) => `${text} IS NOT NULL`) : `${found} IS NOT NULL`
}

/** Whether the record says null there, in so many letters. */
export function recordNull(field: AnyField, bind: Bind, dialect: Dialect): string {
  const { path, many } = recordPlace(field)
  const type = dialect.recordType(bind(path))
  return dialect.anyOf(many ? type : `[${type}]`, (one) => `${one} = 'NULL'`)
}

/**
 * What to count records by, in a column of this name, and the texts that are in it, each once: of a list its elements, as a filter on the
 * place finds them.
 */
export function recordTexts(field: AnyField, name: string, bind: Bind, dialect: Dialect) {
  const { path, many } = recordPlace(field)
  return { column: dialect.recordText(bind(path)), texts: dialect.elements(many ? name : `[${name}]`) }
}
