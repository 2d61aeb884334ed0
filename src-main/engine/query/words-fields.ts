import { type Field, fieldInfo } from '../../contract/event'
import type { Source } from '../../contract/source'
import { rebuiltColumns, storedFields } from '../store/schema'

// Copied from the record as they stand and nearly all different, so that they would only be searched twice.
const copied: readonly Field[] = ['event.time_text', 'event.id', 'trace.id', 'session.id', 'user_agent.original']

/** Fields that may say what the words of an analyst look for: names put together, categories, outcomes. */
export const wordFields: readonly Field[] = storedFields.filter(
  (field) =>
    ['keyword', 'text', 'ip'].includes(fieldInfo(field).type) && !copied.includes(field) && !rebuiltColumns[field]
)

/** Whether a definition copies the field out of the record as it stands there, so that who searches the record finds it. */
function copies({ read, event }: Source, field: Field): boolean {
  const mapping = event[field]
  const asItStands = read.as === 'json' && !read.unwrap && !read.each
  return asItStands && (typeof mapping === 'string' || Array.isArray(mapping))
}

/** What a definition says of an event without a mapping of its own. */
const told: readonly Field[] = ['event.dataset', 'event.category', 'event.type', 'event.outcome']

/** The fields of which the records, read with these definitions, do not say all themselves. */
export const fieldsBesideRecords = (definitions: readonly Source[]): readonly Field[] =>
  wordFields.filter((field) =>
    definitions.some(
      (definition) => told.includes(field) || (definition.event[field] !== undefined && !copies(definition, field))
    )
  )
