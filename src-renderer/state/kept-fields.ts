import { type AnyField, isField } from '../../src-main/contract/event'
import { recordSteps } from '../../src-main/contract/record-path'

/** Whether what was kept, by this version or another hand, is a field or a path into records. */
export const isAnyField = (name: unknown): name is AnyField =>
  typeof name === 'string' &&
  (isField(name) || (name.startsWith('record.') && recordSteps(name.slice('record.'.length)) !== undefined))

/** The fields of a kept list, each once; undefined where it is none. */
export const fieldsIn = (kept: unknown): readonly AnyField[] | undefined =>
  Array.isArray(kept) ? [...new Set(kept.filter(isAnyField))] : undefined
