/** The part of JSON Schema that describes source definitions. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly definitions?: Readonly<Record<string, Schema>>
  readonly $ref?: string
}

/** How a part of a definition stands in the form: what a person fills in, where JSON Schema would allow several types. */
export type Shape =
  | { readonly is: 'text'; readonly about: string; readonly oneOf?: readonly string[]; readonly number?: true }
  /** One text or several, written with commas between; `always`: a list even of one. */
  | { readonly is: 'texts'; readonly about: string; readonly always: boolean }
  /** A path, several, a path with a conversion, or SQL. */
  | { readonly is: 'mapping'; readonly about: string; readonly as: readonly string[] }
  /** Rows of a name and a value: patterns and categories, columns and how they are read. */
  | { readonly is: 'table'; readonly about: string; readonly value: Shape }
  /** Rows of a field and its mapping. */
  | {
      readonly is: 'mappings'
      readonly about: string
      readonly as: readonly string[]
      readonly fields: Readonly<Record<string, string>>
    }
  | {
      readonly is: 'parts'
      readonly about: string
      readonly of: Readonly<Record<string, Shape>>
      readonly required: readonly string[]
    }
  /** Not in the form: it is written as text. */
  | { readonly is: 'elsewhere' }

const isTyped = (schema: Schema, type: string): boolean => [schema.type].flat().includes(type)

/** How a schema's definitions are filled in. */
export function shapeOf(schema: Schema, root: Schema = schema): Shape {
  const about = schema.description ?? ''
  const referred = schema.$ref === undefined ? undefined : root.definitions?.[schema.$ref.replace('#/definitions/', '')]
  if (referred) return { ...shapeOf(referred, root), ...(about ? { about } : {}) } as Shape
  const { properties, additionalProperties: others } = schema
  if (properties && isTyped(schema, 'string')) return { is: 'mapping', about, as: properties['as']?.enum ?? [] }
  if (schema.enum) return { is: 'text', about, oneOf: schema.enum }
  if (isTyped(schema, 'integer')) return { is: 'text', about, number: true }
  if (isTyped(schema, 'string'))
    return isTyped(schema, 'array') ? { is: 'texts', about, always: false } : { is: 'text', about }
  if (isTyped(schema, 'array')) {
    return schema.items && isTyped(schema.items, 'string') ? { is: 'texts', about, always: true } : { is: 'elsewhere' }
  }
  if (typeof others === 'object') return { is: 'table', about, value: shapeOf(others, root) }
  if (!properties) return { is: 'elsewhere' }
  const of = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, shapeOf(one, root)]))
  const mapping = Object.values(of)[0]
  if (schema.patternProperties && mapping?.is === 'mapping') {
    const fields = Object.fromEntries(Object.entries(of).map(([name, one]) => [name, 'about' in one ? one.about : '']))
    return { is: 'mappings', about, as: mapping.as, fields }
  }
  return { is: 'parts', about, of, required: schema.required ?? [] }
}
