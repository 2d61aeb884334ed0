import { Ajv } from 'ajv'
import type { ConnectorInfo, Settings } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { defaultsOf } from './connected'

// Formats say how a form shows a field.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })

/** Refuses settings that are not as the connector wants them, with the field's title. What has a default need not be given. */
export function checkSettings({ title, settings: schema }: ConnectorInfo, settings: Settings): void {
  const check = ajv.compile(schema)
  const filled = Object.entries(settings).filter(([, value]) => value !== '' && value !== undefined)
  if (check({ ...defaultsOf({ settings: schema }), ...Object.fromEntries(filled) })) return
  const said = (check.errors ?? []).map(({ keyword, instancePath, params, message }) => {
    const lacking = params['missingProperty'] as string | undefined
    const name = lacking ?? instancePath.slice(1).replaceAll('/', '.')
    const { title: called = name } = schema.properties[name] ?? {}
    if (lacking !== undefined) return `“${called}” is missing`
    const allowed = params['allowedValues'] as readonly unknown[] | undefined
    if (keyword === 'pattern' && /http/.test(String(params['pattern'])))
      return `“${called}” is no address: it begins with https://`
    return `“${called}” ${allowed ? `is none of ${allowed.join(', ')}` : (message ?? 'is not right')}`
  })
  throw new AppError('settings_invalid', `${title}: ${[...new Set(said)].join('; ')}.`)
}
