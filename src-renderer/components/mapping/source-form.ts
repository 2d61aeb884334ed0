import type { Shape } from './source-shape'

/** What stands in the form for a definition or a part of it. */
export type FormValue = string | FormRow[] | { [name: string]: FormValue }
export interface FormRow {
  [column: string]: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A definition as the form shows it: what is absent is empty. */
export function toForm(shape: Shape, value: unknown): FormValue {
  switch (shape.is) {
    case 'text':
      return value === undefined || value === null ? '' : String(value)
    case 'texts':
      return joined(value)
    case 'mapping':
      return mappingRow(value)
    case 'table':
      return isObject(value)
        ? Object.entries(value).map(([name, one]) => ({ name, value: toForm(shape.value, one) as string }))
        : []
    case 'mappings':
      return isObject(value) ? Object.entries(value).map(([field, one]) => ({ field, ...mappingRow(one) })) : []
    case 'parts': {
      const parts = isObject(value) ? value : {}
      return Object.fromEntries(
        Object.entries(shape.of).flatMap(([name, one]) =>
          one.is === 'elsewhere' ? [] : [[name, toForm(one, parts[name])]]
        )
      )
    }
    case 'elsewhere':
      return ''
  }
}

/** What the form says, as a definition writes it; undefined where it says nothing. */
export function fromForm(shape: Shape, value: FormValue): unknown {
  switch (shape.is) {
    case 'text':
      if (shape.number && /^\d+$/.test(String(value))) return Number(value)
      return value === '' ? undefined : value
    case 'texts': {
      const texts = parted(String(value))
      if (texts.length === 0) return undefined
      return texts.length === 1 && !shape.always ? texts[0] : texts
    }
    case 'mapping':
      return mappingOf(value as unknown as FormRow)
    case 'table':
      return rowsOf(value, 'name', (row) => fromForm(shape.value, row['value'] ?? ''))
    case 'mappings':
      return rowsOf(value, 'field', mappingOf) ?? {}
    case 'parts': {
      const parts = Object.entries(shape.of).map(([name, one]) => [
        name,
        fromForm(one, (value as Record<string, FormValue>)[name] ?? '')
      ])
      const said = parts.filter(([, one]) => one !== undefined)
      return said.length ? Object.fromEntries(said) : undefined
    }
    case 'elsewhere':
      return undefined
  }
}

function rowsOf(value: FormValue, key: string, of: (row: FormRow) => unknown): object | undefined {
  const rows = Array.isArray(value) ? value : []
  // A row that is being filled in, with a name and no value yet, says nothing so far.
  const said = rows.flatMap((row) => {
    const [name, one] = [row[key] ?? '', of(row)]
    return name === '' || one === undefined ? [] : [[name, one] as const]
  })
  return said.length ? Object.fromEntries(said) : undefined
}

function mappingRow(value: unknown): FormRow {
  if (isObject(value) && typeof value['sql'] === 'string') return { from: value['sql'], as: 'sql' }
  if (isObject(value)) return { from: joined(value['from']), as: String(value['as'] ?? '') }
  return { from: joined(value), as: '' }
}

function mappingOf({ from = '', as = '' }: FormRow): unknown {
  if (as === 'sql') return from.trim() === '' ? undefined : { sql: from }
  const paths = parted(from)
  if (paths.length === 0) return undefined
  const path = paths.length === 1 ? paths[0] : paths
  return as === '' ? path : { from: path, as }
}

const joined = (value: unknown): string =>
  [value ?? []]
    .flat()
    .map((one) => withoutCommas(String(one)))
    .join(', ')

/** A key with a comma in it is put in quotes, which says the same. */
const withoutCommas = (path: string): string =>
  path.includes(',') && !path.includes('"')
    ? path.replaceAll(/[^.[\]]*,[^.[\]]*/g, (key) => `"${key.replaceAll('\\', '\\\\')}"`)
    : path

/** The texts between the commas; one in double quotes is one text. */
function parted(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
