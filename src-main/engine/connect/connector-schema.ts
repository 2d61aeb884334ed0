import { timeFormats } from '../../contract/connector'

const text = { type: 'string', minLength: 1 }
const table = (of: object, description?: string) => ({
  type: 'object',
  additionalProperties: of,
  ...(description ? { description } : {})
})
const object = (required: readonly string[], properties: object) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false
})
const oneOrMore = (of: object) => ({ anyOf: [of, { type: 'array', items: of, minItems: 1 }] })
/** One of several objects, told apart by `kind`. */
const byKind = (kinds: Readonly<Record<string, readonly [required: readonly string[], properties: object]>>) => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { enum: Object.keys(kinds) } },
  allOf: Object.entries(kinds).map(([kind, [required, properties]]) => ({
    if: { properties: { kind: { const: kind } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: object([...required, 'kind'], { kind: {}, when, ...properties })
  }))
})

const when = table({ type: ['string', 'number', 'boolean'] }, 'Values that settings have: it holds only then.')
const path = { ...text, description: 'A path in the answer: data, pagination.cursor, "@odata.nextLink".' }
const templates = table(text, 'Texts with settings in braces; one that lacks a value leaves its parameter out.')
const request = object(['url'], {
  method: { enum: ['GET', 'POST'] },
  url: { ...text, description: 'Begins with a setting that is an address, or with https://.' },
  query: templates,
  headers: templates,
  body: { description: 'JSON, with settings in braces in its texts.' },
  form: templates
})
const faults = {
  type: 'array',
  items: object(['status', 'sentence'], {
    status: oneOrMore({ type: 'integer' }),
    body: { ...text, description: 'A text that the answer holds.' },
    sentence: { ...text, description: 'What it means, and the way out.' },
    again: { type: 'boolean', description: 'Means that we ask too often: it passes.' }
  })
}

const auth = byKind({
  none: [[], {}],
  bearer: [['token'], { token: text }],
  header: [['header', 'value'], { header: text, value: text }],
  basic: [['user', 'password'], { user: text, password: text }],
  oauth2: [
    ['url', 'form'],
    { url: text, form: templates, send: object(['client', 'secret'], { client: text, secret: text }), faults }
  ],
  google: [
    ['url', 'key', 'scopes'],
    { url: text, key: text, subject: text, scopes: { type: 'array', items: text, minItems: 1 }, faults }
  ]
})

const paging = byKind({
  cursor: [['next'], { next: path, more: path }],
  link: [[], {}],
  url: [['next'], { next: path }],
  offset: [[], {}],
  page: [[], { first: { type: 'integer' }, next: path }],
  time: [[], {}],
  last: [[], { request }],
  none: [[], {}]
})

/** JSON Schema of one stream; what an analyst writes in the form of the generic connector is checked with it too. */
export const streamSchema = object(['title', 'request', 'order', 'paging'], {
  title: text,
  when,
  source: { ...text, description: 'The source its events are read as.' },
  request,
  list: { type: 'string', description: 'Where the list of events is; left out where the answer is the list.' },
  sparse: { type: 'boolean', description: 'An answer without events leaves the list out.' },
  id: path,
  time: path,
  order: { enum: ['newest', 'oldest'], description: 'Which events come first.' },
  paging: oneOrMore(paging),
  window: { enum: timeFormats, description: 'How {since} and {until} are written.' },
  overlap: { type: 'integer', minimum: 0, description: 'Seconds by which a pull since last time begins earlier.' },
  furthest: { type: 'integer', minimum: 1, description: 'How many days back events can be asked for.' },
  continues: { type: 'boolean', description: 'The cursor of the last pull goes on where that ended.' },
  size: object(['usual', 'most'], { usual: { type: 'integer', minimum: 1 }, most: { type: 'integer', minimum: 1 } }),
  total: { anyOf: [path, object(['header'], { header: text })] }
})

/** JSON Schema of a connector's definition. */
export const connectorSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Connector',
  ...object(['id', 'title', 'settings', 'auth', 'streams'], {
    id: { type: 'string', pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$' },
    title: text,
    vendor: text,
    documentation: text,
    support: { ...text, description: 'What must be known before it is relied on.' },
    prepare: { ...text, description: 'What has to be made in the product first.' },
    settings: {
      type: 'object',
      required: ['type', 'properties'],
      properties: {
        type: { const: 'object' },
        properties: { type: 'object' },
        required: { type: 'array', items: text }
      },
      description: 'JSON Schema of what the form asks for; format: password marks a secret.'
    },
    auth: oneOrMore(auth),
    receive: {
      ...object(['title', 'user', 'password'], { title: text, user: text, password: text }),
      description: 'Events are sent by the product: who may send.'
    },
    headers: templates,
    checks: {
      type: 'array',
      items: object(['title', 'request', 'expect'], {
        title: text,
        request,
        expect: {
          type: 'array',
          items: object(['path', 'sentence'], {
            path,
            equals: { type: ['string', 'number', 'boolean'] },
            over: { type: 'number', description: 'The number that must be exceeded.' },
            sentence: text,
            stops: { ...text, description: 'The stream that has nothing then.' }
          })
        },
        optional: { type: 'boolean' }
      })
    },
    faults,
    streams: {
      anyOf: [table(streamSchema), { ...text, description: 'The setting that holds the one stream there is.' }],
      description: 'The kinds of events, by their names.'
    }
  })
}
