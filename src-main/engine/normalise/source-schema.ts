import { categories, type Field, fieldInfo, fieldNames } from '../../contract/event'
import { conversions } from '../../contract/source'

/** Fields a source may map: all but those looked up from the address. */
export const mappable: readonly Field[] = fieldNames.filter((name) => !fieldInfo(name).place)

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text, minItems: 1 }
const oneOrMore = { type: ['string', 'array'], minLength: 1, items: text, minItems: 1 }
const path = { ...text, description: 'A path in the record: a.b, "key.with.dots", list[0].id' }
const table = (of: object, description: string) => ({ type: 'object', description, additionalProperties: of })
const object = (required: readonly string[], properties: object) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false
})

const read = {
  description: 'How bytes become records: JSON (an array, lines, a wrapped list), CSV, or lines read by a pattern.',
  ...object(['as'], {
    as: { enum: ['json', 'csv', 'lines'] },
    records: {
      ...text,
      description: 'The keys of the list with dots between, where a JSON file wraps several: data.hits'
    },
    unwrap: { ...text, description: 'A text field that itself holds JSON or key=value pairs.' },
    each: { ...path, description: 'A list in the record of which every entry is an event of its own.' },
    cells: table({ enum: ['json', 'python'] }, 'CSV columns whose cells hold an object.'),
    pattern: {
      ...text,
      description: 'Named groups give the fields; key=value pairs in the group named pairs are read too.'
    }
  }),
  if: { properties: { as: { const: 'lines' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['pattern'] }
}

const change = {
  description:
    'Where the values before and after come from: one object {field: {old, new}}, a list of {name, old, new}, or one value each.',
  ...object([], {
    diff: { ...path, description: 'An object of {field: {old, new}}; before and after name the two keys.' },
    list: { ...oneOrMore, description: 'A list of {name, old, new}, or several: the first with entries counts.' },
    name: { ...text, description: 'The key in each entry of the list that names what changed.' },
    before: oneOrMore,
    after: oneOrMore,
    parse: { enum: ['json'], description: 'The values are texts that hold JSON.' },
    object: { $ref: '#/definitions/mapping', description: 'Whose state it is: what names the object in its tenant.' },
    state: {
      enum: ['whole', 'partial'],
      description:
        'Whether the state logged is the whole object (so unless told; of a list the other), or only what was set.'
    },
    members: {
      description:
        'Records that tell of members instead, which come into a set or, where event.type is deletion, leave it.',
      ...object(['of', 'are'], {
        of: {
          $ref: '#/definitions/mapping',
          description: 'What names the set in its tenant; absent in other records.'
        },
        are: { $ref: '#/definitions/mapping', description: 'The members that come or go: a list of texts.' },
        called: { $ref: '#/definitions/mapping', description: 'The word for them: roles, groups.' }
      })
    }
  }),
  dependencies: { diff: ['before'], list: ['name'], name: ['list'] },
  if: { not: { required: ['list'] } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { before: text, after: text } }
}

const pair = {
  description:
    'Where a request and its response are two records: the request is kept, but not shown beside its response.',
  ...object(['key', 'when', 'request', 'response'], {
    key: { enum: mappable, description: 'The field both have alike.' },
    when: { ...text, description: 'The field or label that tells the two apart.' },
    request: text,
    response: text
  })
}

const mapping = {
  description: 'A path, a list of paths of which the first present counts, a path with a conversion, or SQL on record.',
  ...oneOrMore,
  type: ['string', 'array', 'object'],
  properties: { from: oneOrMore, as: { enum: conversions }, sql: text },
  additionalProperties: false,
  dependencies: { from: ['as'], as: ['from'] },
  minProperties: 1
}

const field = (name: Field) => ({ $ref: '#/definitions/mapping', description: fieldInfo(name).about })

/** JSON Schema of a source definition: what the mapping editor and any YAML editor check it with. */
export const sourceSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Log source',
  definitions: { mapping },
  ...object(['id', 'title', 'read', 'recognise', 'event', 'samples'], {
    id: { type: 'string', pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$', description: 'Becomes event.dataset.' },
    title: text,
    vendor: text,
    read,
    recognise: object(['all'], {
      all: { ...texts, description: 'Paths a record of this source always has.' },
      any: { ...texts, description: 'At least one of these is present.' },
      none: { ...texts, description: 'None of these is present.' },
      equals: table(oneOrMore, 'Paths that hold this text, or one of these.')
    }),
    event: {
      ...object([], Object.fromEntries(mappable.map((name) => [name, field(name)]))),
      patternProperties: {
        '^labels\\.[a-z0-9_]+$': { $ref: '#/definitions/mapping', description: fieldInfo('labels').about }
      }
    },
    times: {
      description: 'How times are read that leave something open.',
      ...object([], {
        zone: { ...text, description: 'The IANA zone of times that say none, such as Europe/Berlin; UTC unless told.' },
        dates: { enum: ['dmy', 'mdy'], description: 'Whether 03/04/2026 is in April (dmy) or in March (mdy).' }
      })
    },
    change,
    pair,
    categories: table({ enum: categories }, 'Action pattern to category; the first that matches counts.'),
    types: table(text, 'Action pattern to event.type.'),
    outcomes: table({ enum: ['success', 'failure'] }, 'Action pattern to outcome, where the action itself says it.'),
    retention: { ...text, description: 'How long the product keeps its log, for people.' },
    keeps: table(
      { type: 'integer', minimum: 1 },
      'The same in days, by plan or kind of event: what explains that nothing older is there.'
    ),
    samples: {
      type: 'array',
      description: 'Records and the event fields that must come of them.',
      items: object(['record', 'event'], { record: text, event: { type: 'object' } })
    }
  })
}
