import type { BodyTemplate, Template, When } from '../../contract/connector'

/** A value by its name, which may lead into an object: `auth.token`. */
export type Values = (name: string) => unknown

const placeholder = /\{([a-zA-Z][\w.-]*)\}/g

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

/** Values of one object behind those of others: the first that has a name counts. */
export function valuesOf(...objects: readonly Readonly<Record<string, unknown>>[]): Values {
  return (name) => {
    for (const object of objects) {
      const value = Object.hasOwn(object, name) ? object[name] : within(object, name.split('.'))
      if (!isAbsent(value)) return value
    }
    return undefined
  }
}

function within(object: unknown, keys: readonly string[]): unknown {
  let at: unknown = object
  for (const key of keys) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}

/** The text of a template; undefined where it lacks a value. */
export function fill(
  template: Template,
  values: Values,
  escaped: (text: string, at: number) => string = (text) => text
): string | undefined {
  let lacks = false
  const text = template.replaceAll(placeholder, (_, name: string, at: number) => {
    const value = values(name)
    if (isAbsent(value)) lacks = true
    return escaped(String(value), at)
  })
  return lacks ? undefined : text
}

/** A sentence with what is known in it; what is not stands as its name. */
export const sentence = (template: Template, values: Values): string =>
  template.replaceAll(placeholder, (_, name: string) => {
    const value = values(name)
    return isAbsent(value) ? name : String(value)
  })

/** The texts of a template: of a list one for each of its values, none where it lacks a value. */
export function fillEach(template: Template, values: Values): readonly string[] {
  const only = /^\{([a-zA-Z][\w.-]*)\}$/.exec(template)?.[1]
  const value = only === undefined ? undefined : values(only)
  if (Array.isArray(value)) return value.filter((one) => !isAbsent(one)).map(String)
  const text = fill(template, values)
  return text === undefined ? [] : [text]
}

/** A body in which settings stand as what they are; what lacks a value is left out. */
export function fillBody(template: BodyTemplate, values: Values): unknown {
  if (typeof template === 'string') {
    const only = /^\{([a-zA-Z][\w.-]*)\}$/.exec(template)?.[1]
    const value = only === undefined ? fill(template, values) : values(only)
    return isAbsent(value) ? undefined : value
  }
  if (Array.isArray(template))
    return template.map((one) => fillBody(one, values)).filter((one: unknown) => one !== undefined)
  if (template === null || typeof template !== 'object') return template
  const entries = Object.entries(template).map(([key, one]) => [key, fillBody(one as BodyTemplate, values)] as const)
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined))
}

/** Whether settings are as a definition wants them. */
export const holds = (when: When | undefined, values: Values): boolean =>
  Object.entries(when ?? {}).every(([name, wanted]) => (values(name) ?? false) === wanted)

/** The first alternative whose condition holds. */
export function chosen<T extends { readonly when?: When }>(of: T | readonly T[], values: Values): T | undefined {
  const all: readonly T[] = Array.isArray(of) ? of : [of as T]
  return all.find(({ when }) => holds(when, values))
}
