import type { Shape } from './source-shape'

/** A JSON Schema with json-editor's own words for how it looks. */
type EditorSchema = Readonly<Record<string, unknown>>

const titles: Readonly<Record<string, string>> = {
  id: 'ID',
  read: 'How it is read',
  as: 'As',
  records: 'List key',
  recognise: 'What it is recognised by',
  all: 'All of',
  any: 'One of',
  none: 'None of',
  equals: 'Holding',
  event: 'Fields',
  change: 'What changed',
  pair: 'Request and response',
  times: 'Times',
  categories: 'Categories',
  types: 'Types',
  outcomes: 'Outcomes'
}
const titleOf = (name: string) => titles[name] ?? `${name[0]?.toUpperCase()}${name.slice(1)}`

/** What the rows of a part are called, in the singular, and the head of their first column. */
const rowNames: Readonly<Record<string, readonly [row: string, name: string, value: string]>> = {
  keeps: ['plan', 'Plan', 'Days'],
  equals: ['path', 'Path', 'Text'],
  cells: ['column', 'Column', 'Holds'],
  categories: ['pattern', 'Action', 'Category'],
  types: ['pattern', 'Action', 'Type'],
  outcomes: ['pattern', 'Action', 'Outcome']
}

const long: ReadonlySet<string> = new Set(['pattern', 'title', 'retention'])

/** What comes first is what is changed most; the others follow in the schema's order. */
const first = [
  'id',
  'title',
  'vendor',
  'retention',
  'keeps',
  'event',
  'recognise',
  'read',
  'categories',
  'types',
  'outcomes'
]
const orderOf = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length)

/** The schema json-editor makes the form from; parts that say nothing yet are folded. */
export function editorSchema(shape: Shape, empty: (part: string) => boolean): EditorSchema {
  if (shape.is !== 'parts') return partSchema(shape, '')
  const parts = Object.entries(shape.of).flatMap(([name, one]) => {
    if (one.is === 'elsewhere') return []
    const folds = orderOf(name) > orderOf('read')
    const options = folds ? { options: { disable_collapse: false, collapsed: empty(name) } } : {}
    return [[name, { ...partSchema(one, name), ...options, propertyOrder: orderOf(name) }] as const]
  })
  return { type: 'object', properties: Object.fromEntries(parts) }
}

function partSchema(shape: Shape, name: string): EditorSchema {
  const title = titleOf(name)
  switch (shape.is) {
    case 'text':
      return shape.oneOf ? choice(title, shape.oneOf, shape.about) : input(title, shape.about, name)
    case 'texts':
      return input(title, `${shape.about} Several with commas between.`.trim(), name)
    case 'mapping':
      return { type: 'object', title, description: shape.about, properties: mapping(shape.as) }
    case 'table': {
      const [row = 'row', key = 'Name', value = 'Value'] = rowNames[name] ?? []
      const values = shape.value.is === 'text' && shape.value.oneOf
      return table(title, row, shape.about, {
        name: cell(key),
        value: values ? choice(value, values, '', value) : cell(value)
      })
    }
    case 'mappings':
      return table(title, 'field', shape.about, {
        field: { ...cell('Field'), options: { inputAttributes: { list: 'mapping-fields', 'aria-label': 'Field' } } },
        ...mapping(shape.as)
      })
    case 'parts':
      return {
        type: 'object',
        title,
        description: shape.about,
        properties: Object.fromEntries(
          Object.entries(shape.of).flatMap(([part, one]) =>
            one.is === 'elsewhere' ? [] : [[part, partSchema(one, part)]]
          )
        )
      }
    case 'elsewhere':
      return {}
  }
}

const about = (text: string) => (text ? { description: text } : {})

const input = (title: string, text: string, name: string): EditorSchema => ({
  type: 'string',
  title,
  ...about(text),
  ...(long.has(name) ? { format: 'textarea' } : {}),
  options: { inputAttributes: { spellcheck: 'false', autocomplete: 'off' } }
})

const cell = (title: string): EditorSchema => ({
  type: 'string',
  title,
  options: { inputAttributes: { 'aria-label': title, spellcheck: 'false', autocomplete: 'off' } }
})

const choice = (title: string, values: readonly string[], text: string, label = ''): EditorSchema => ({
  type: 'string',
  title,
  ...about(text),
  enum: ['', ...values],
  options: { enum_titles: ['–', ...values], ...(label ? { inputAttributes: { 'aria-label': label } } : {}) }
})

/** A path, paths or SQL, and what it is to be read as. */
const mapping = (conversions: readonly string[]): Readonly<Record<string, EditorSchema>> => ({
  from: {
    type: 'string',
    title: 'From the record',
    format: 'textarea',
    options: { inputAttributes: { 'aria-label': 'From the record', spellcheck: 'false', rows: '1' } }
  },
  as: {
    type: 'string',
    title: 'Read as',
    enum: ['', ...conversions, 'sql'],
    options: {
      enum_titles: ['as it is', ...conversions.map((one) => one.replaceAll('_', ' ')), 'SQL'],
      inputAttributes: { 'aria-label': 'Read as' }
    }
  }
})

const table = (
  title: string,
  row: string,
  text: string,
  properties: Readonly<Record<string, EditorSchema>>
): EditorSchema => ({
  type: 'array',
  format: 'table',
  title,
  ...about(text),
  items: { type: 'object', title: row, properties }
})
