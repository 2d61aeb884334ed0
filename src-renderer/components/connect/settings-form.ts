import type { ConnectorInfo, Settings } from '../../../src-main/contract/connect'
import type { SettingSchema } from '../../../src-main/contract/connector'

type Properties = Readonly<Record<string, SettingSchema>>
type Values = Readonly<Record<string, unknown>>

/** The part of the form in which what every connection has is folded away. */
export const networkPart = 'network'

/** What a form says: settings, and the secrets that were typed into it, by their paths. */
export interface Typed {
  readonly settings: Settings
  readonly secrets: Readonly<Record<string, string>>
}

/** The schema json-editor makes the form of a connection from. */
export function formSchema({ settings, network, receives }: ConnectorInfo, opened: boolean): object {
  const [own, common] = parted(settings.properties, network)
  const folded = {
    type: 'object',
    title: receives ? 'Name from outside and certificate' : 'Certificate, proxy and pace',
    properties: fieldsOf(common, settings.required ?? []),
    options: { disable_collapse: false, collapsed: !opened }
  }
  return {
    type: 'object',
    properties: { ...fieldsOf(own, settings.required ?? []), [networkPart]: folded }
  }
}

/** Settings and what is typed of the secrets, as the form holds them. */
export function toForm({ settings, network }: ConnectorInfo, values: Settings, secrets: Values): Values {
  const [own, common] = parted(settings.properties, network)
  return { ...shown(own, values, secrets, ''), [networkPart]: shown(common, values, secrets, '') }
}

/** What the form holds, as settings and secrets; what is empty is left out. */
export function fromForm({ settings, network }: ConnectorInfo, value: Values): Typed {
  const [own, common] = parted(settings.properties, network)
  const secrets: Record<string, string> = {}
  const part = (properties: Properties, values: Values) => said(properties, values, secrets, '')
  return { settings: { ...part(own, value), ...part(common, (value[networkPart] ?? {}) as Values) }, secrets }
}

/** Titles of settings that must be given and are not, by their names. */
export function lacking({ settings }: ConnectorInfo, given: Settings): readonly string[] {
  return (settings.required ?? []).filter((name) => given[name] === undefined)
}

/** Names of the settings that stand in a file already: certificates, and what its definition says of it by `options: { file: true }`. */
export const inFiles = ({ settings, network }: Pick<ConnectorInfo, 'settings' | 'network'>): readonly string[] =>
  Object.entries(settings.properties).flatMap(([name, { format, options }]) =>
    (options as { readonly file?: boolean } | undefined)?.file || (format === 'textarea' && network.includes(name))
      ? [name]
      : []
  )

/** What a setting is called, by its path. */
export function titleOf({ settings }: Pick<ConnectorInfo, 'settings'>, path: string): string {
  let at: (Pick<SettingSchema, 'properties'> & { readonly title?: string }) | undefined = settings
  for (const name of path.split('.')) at = at?.properties?.[name]
  return at?.title ?? path
}

/** Where a setting stands in the form. */
export const formPath = ({ network }: Pick<ConnectorInfo, 'network'>, path: string): string =>
  network.includes(path) ? `root.${networkPart}.${path}` : `root.${path}`

function parted(properties: Properties, network: readonly string[]): readonly [own: Properties, common: Properties] {
  const all = Object.entries(properties)
  const isCommon = ([name]: readonly [string, SettingSchema]) => network.includes(name)
  return [Object.fromEntries(all.filter((one) => !isCommon(one))), Object.fromEntries(all.filter(isCommon))]
}

const fieldsOf = (properties: Properties, required: readonly string[]): Values =>
  Object.fromEntries(
    Object.entries(properties).map(([name, setting]) => [name, field(setting, required.includes(name))])
  )

/** A number is typed as text, so that a field left empty is not 0. */
function field(setting: SettingSchema, required = false): unknown {
  const { properties, items, default: otherwise, ...rest } = setting
  if (properties)
    return {
      ...rest,
      properties: fieldsOf(properties, (setting['required'] as readonly string[] | undefined) ?? []),
      required: undefined
    }
  if (items) return { ...rest, items: field(items as SettingSchema) }
  const given = otherwise === undefined ? {} : { default: otherwise }
  const attributes = {
    spellcheck: 'false',
    autocomplete: 'off',
    ...(required
      ? { 'aria-required': 'true' }
      : otherwise === undefined && !setting.enum
        ? { placeholder: 'Optional' }
        : {})
  }
  const options = (more: object) => ({
    ...(setting['options'] as object | undefined),
    inputAttributes: { ...attributes, ...more }
  })
  if (isNumber(setting) && !setting.enum)
    return {
      title: setting.title,
      description: setting.description,
      type: 'string',
      ...(otherwise === undefined ? {} : { default: String(otherwise) }),
      options: options({ inputmode: 'numeric' })
    }
  if (setting.format === 'password')
    return { ...rest, options: options({ autocomplete: 'new-password', placeholder: '' }) }
  return { ...rest, ...given, options: options({}) }
}

const isNumber = ({ type }: SettingSchema) => type === 'integer' || type === 'number'

function shown(properties: Properties, values: Values, secrets: Values, before: string): Values {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, setting]) => {
      const path = before + name
      const value = values[name]
      if (setting.format === 'password') return [[name, secrets[path] ?? '']]
      if (setting.properties) return [[name, shown(setting.properties, (value ?? {}) as Values, secrets, `${path}.`)]]
      if (value === undefined) return []
      return [[name, isNumber(setting) && !setting.enum ? String(value) : value]]
    })
  )
}

function said(properties: Properties, values: Values, secrets: Record<string, string>, before: string): Settings {
  const all = Object.entries(properties).flatMap(([name, setting]) => {
    const path = before + name
    const value = values[name]
    if (setting.format === 'password') {
      if (typeof value === 'string' && value !== '') secrets[path] = value
      return []
    }
    const one = setting.properties
      ? said(setting.properties, (value ?? {}) as Values, secrets, `${path}.`)
      : saidOne(setting, value)
    return isEmpty(one) ? [] : [[name, one]]
  })
  return Object.fromEntries(all)
}

function saidOne(setting: SettingSchema, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((one) => saidOne((setting['items'] ?? {}) as SettingSchema, one)).filter((one) => !isEmpty(one))
  if (typeof value !== 'string') return value
  const text = setting.format === 'textarea' ? value : value.trim()
  // What is no number is left as it is typed, for the engine to say so.
  return isNumber(setting) && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

const isEmpty = (value: unknown): boolean =>
  value === '' ||
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.values(value).every((one) => isEmpty(one)))
