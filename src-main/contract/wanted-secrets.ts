import type { ConnectorInfo } from './connect'
import type { SettingSchema } from './connector'

/** The secrets that a connection with these settings needs, each by its path and with its title. */
export function wantedSecrets(
  { settings: schema, secrets }: Pick<ConnectorInfo, 'settings' | 'secrets'>,
  settings: Readonly<Record<string, unknown>>
): readonly { readonly name: string; readonly title: string }[] {
  return secrets.flatMap((name) => {
    const around = name.split('.').slice(0, -1)
    const fields = around.reduce((at, key) => at[key]?.properties ?? {}, schema.properties)
    const values = around.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)?.[key], settings)
    const own = fields[name.split('.').at(-1) ?? '']
    const value = (of: string) => (values as Readonly<Record<string, unknown>> | undefined)?.[of] ?? fields[of]?.default
    const beside = besides[name]
    const isWanted = beside === undefined || !fields[beside] ? depends(own, value) : Boolean(value(beside))
    return isWanted ? [{ name, title: own?.title ?? name }] : []
  })
}

/** Secrets that go with a setting which most connections do without. */
const besides: Readonly<Record<string, string>> = { proxyPassword: 'proxyUser', key: 'certificate' }

function depends(field: SettingSchema | undefined, value: (of: string) => unknown): boolean {
  const { dependencies = {} } = (field?.['options'] ?? {}) as { dependencies?: Readonly<Record<string, unknown>> }
  return Object.entries(dependencies).every(([of, wanted]) => [wanted].flat().includes(value(of)))
}
