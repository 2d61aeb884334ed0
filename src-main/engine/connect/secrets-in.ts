import type { SettingSchema, SettingsSchema } from '../../contract/connector'

/** Paths of the settings that are secrets, those inside others with dots. */
export function secretsIn({ properties }: Pick<SettingsSchema, 'properties'>, before = ''): readonly string[] {
  return Object.entries(properties).flatMap(([name, setting]) =>
    setting.format === 'password'
      ? [before + name]
      : setting.properties
        ? secretsIn({ properties: setting.properties }, `${before}${name}.`)
        : []
  )
}

/** Settings without their secrets, wherever those were written. */
export function withoutSecrets(
  settings: Readonly<Record<string, unknown>>,
  { properties }: { readonly properties: Readonly<Record<string, SettingSchema>> }
): Record<string, unknown> {
  const kept = Object.entries(settings).flatMap(([name, value]) => {
    const setting = properties[name]
    if (setting?.format === 'password') return []
    const inner = setting?.properties
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
    return [[name, inner && isObject ? withoutSecrets(value as Record<string, unknown>, { properties: inner }) : value]]
  })
  return Object.fromEntries(kept)
}
