import { readFileSync } from 'node:fs'
import type { ConnectorInfo } from '../contract/connect'
import type { SettingSchema } from '../contract/connector'
import { AppError } from '../contract/errors'

type Typed = Record<string, unknown>

/** Settings as they were typed, `realm=acme auth.kind=bearer`, each as its field wants it. */
export function settingsTyped(info: ConnectorInfo, words: readonly string[], file?: string): Typed {
  const settings: Typed = file === undefined ? {} : settingsIn(file)
  for (const word of words) {
    const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(word) ?? []
    if (name === undefined || value === undefined)
      throw new AppError('usage', `${word} is no setting. They are written like realm=acme.`)
    if (info.secrets.includes(name))
      throw new AppError(
        'usage',
        `${name} is a secret, and what stands on a command line can be read by everyone here. Leave it out: it is asked for, read from --secrets, or taken from the environment.`
      )
    put(settings, name.split('.'), typedValue(value, schemaAt(info, name)))
  }
  return settings
}

function settingsIn(file: string): Typed {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Typed
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read'
    throw new AppError('usage', `${file} ${why}.`)
  }
}

/** Secrets, one a line: `secret=…`. */
export function secretsIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      if (at < 1) throw new AppError('usage', 'A line of the secrets is not written like secret=…')
      return [line.slice(0, at).trim(), line.slice(at + 1)]
    })
  )
}

function schemaAt({ settings }: ConnectorInfo, name: string): SettingSchema | undefined {
  let at: SettingSchema | undefined = settings as SettingSchema
  for (const key of name.split('.')) at = at?.properties?.[key]
  if (at) return at
  const known = Object.keys(settings.properties).join(', ')
  throw new AppError('usage', `There is no setting ${name}. There are: ${known}.`)
}

function typedValue(text: string, schema: SettingSchema | undefined): unknown {
  switch (schema?.type) {
    case 'number':
    case 'integer':
      // What is no number is left as it was typed, for the engine to say so.
      return Number.isFinite(Number(text)) && text.trim() !== '' ? Number(text) : text
    case 'boolean':
      return text === 'true' || text === 'yes' || text === '1'
    case 'array':
    case 'object':
      try {
        return JSON.parse(text)
      } catch {
        return schema.type === 'array' ? text.split(',') : text
      }
    default:
      return text
  }
}

function put(into: Typed, keys: readonly string[], value: unknown): void {
  const [first = '', ...rest] = keys
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inner = into[first]
  into[first] = inner !== null && typeof inner === 'object' ? { ...inner } : {}
  put(into[first] as Typed, rest, value)
}
