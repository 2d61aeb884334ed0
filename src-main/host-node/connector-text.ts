import type { ConnectorInfo } from '../contract/connect'
import type { SettingSchema } from '../contract/connector'
import { printable } from './printable'
import { table } from './table'

interface Asked {
  readonly path: string
  readonly setting: SettingSchema
  readonly isNeeded: boolean
}

/** What has to be given before a product can be connected, each by the name it is given by. */
export const neededSettings = ({ settings }: ConnectorInfo): readonly string[] =>
  (settings.required ?? []).filter((name) => settings.properties[name]?.default === undefined)

/** All that can be said of a product on the command line: what has to be made there first, and each setting by the name it is given by. */
export function connectorText(info: ConnectorInfo, screen: number | null): string {
  const all = asked(info.settings.properties, neededSettings(info), '')
  const own = all.filter(({ path }) => !info.network.includes(path))
  const parts = [
    `${info.title}${info.support === undefined ? '' : `\n${info.support}`}`,
    ...(info.prepare === undefined ? [] : [`First: ${info.prepare}`]),
    ...(info.documentation === undefined ? [] : [info.documentation]),
    settingsTable(own, screen),
    `Of every connection:\n${settingsTable(
      all.filter((one) => !own.includes(one)),
      screen
    )}`,
    `Streams: ${info.streams.map(({ name, title }) => `${name} (${title})`).join(', ')}`
  ]
  return `${parts.map((part) => part.split('\n').map(printable).join('\n').trim()).join('\n\n')}\n`
}

function settingsTable(all: readonly Asked[], screen: number | null): string {
  const heads = ['Setting', 'Called', 'Usual', 'About'].map((title) => ({ title }))
  const rows = all.map(({ path, setting, isNeeded }) => [
    path,
    setting.title ?? '',
    isNeeded ? '(needed)' : setting.format === 'password' ? '(secret)' : usual(setting.default),
    about(setting)
  ])
  return table(heads, rows, screen)
}

const usual = (value: unknown): string => (value === undefined ? '' : String(value))

function about({ enum: values, description = '', options, type }: SettingSchema): string {
  const titles = (options as { readonly enum_titles?: readonly string[] } | undefined)?.enum_titles
  const choice = values
    ?.map((value, at) => `${String(value) || '(empty)'}${titles ? `: ${titles[at]}` : ''}`)
    .join('; ')
  return [
    ...(choice === undefined ? [] : [choice]),
    ...(type === 'array' ? ['JSON'] : []),
    ...(description ? [description] : [])
  ].join('. ')
}

/** Settings that hold others are those, by their paths. */
function asked(
  properties: Readonly<Record<string, SettingSchema>>,
  required: readonly string[],
  before: string
): readonly Asked[] {
  return Object.entries(properties).flatMap(([name, setting]) => {
    const path = before + name
    const isNeeded = required.includes(name)
    if (!setting.properties) return [{ path, setting, isNeeded }]
    return asked(setting.properties, isNeeded ? ((setting['required'] ?? []) as string[]) : [], `${path}.`)
  })
}
