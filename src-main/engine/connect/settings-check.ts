import { Ajv, type ErrorObject } from 'ajv'
import type { ConnectorInfo, Settings } from '../../contract/connect'
import type { SettingSchema } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { defaultsOf } from './connected'

// Formats say how a form shows a field.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })

/** Refuses settings that are not as the connector wants them, with the field's title. What has a default need not be given. */
export function checkSettings({ title, settings: schema }: ConnectorInfo, settings: Settings): void {
  const check = ajv.compile(schema)
  const filled = Object.entries(settings).filter(([, value]) => value !== '' && value !== undefined)
  if (check({ ...defaultsOf({ settings: schema }), ...Object.fromEntries(filled) })) return
  // The first that is wrong with a setting says enough.
  const said = new Map<string, string>()
  for (const error of check.errors ?? []) {
    const name =
      (error.params['missingProperty'] as string | undefined) ?? error.instancePath.slice(1).replaceAll('/', '.')
    if (!said.has(name)) said.set(name, faultOf(error, name, schema.properties[name] ?? {}, settings[name]))
  }
  throw new AppError('settings_invalid', `${title}: ${[...said.values()].join('; ')}.`)
}

/** What is wrong with a setting, by its title. */
function faultOf(
  { keyword, params, message }: ErrorObject,
  name: string,
  { title = name, description }: SettingSchema,
  value: unknown
): string {
  switch (keyword) {
    case 'required':
    case 'minLength':
      return `“${title}” is missing`
    case 'enum':
      return `“${title}” is none of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`
    case 'type':
      return `“${title}” is no ${params['type'] === 'integer' ? 'whole number' : params['type']}`
    case 'minimum':
      return `“${title}” is less than ${params['limit']}`
    case 'maximum':
      return `“${title}” is more than ${params['limit']}`
    case 'pattern': {
      if (/http/.test(String(params['pattern'])) && !/^https?:/.test(String(value)))
        return `“${title}” is no address: it begins with https://`
      const wanted = description === undefined ? '' : ` (${description.replace(/\.$/, '')})`
      return `“${title}” is not written as it should be${wanted}`
    }
    default:
      return `“${title}” ${message ?? 'is not right'}`
  }
}
