import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recogniseFile } from '../../src-main/engine/import/recognise-file'
import { loadSources } from '../../src-main/engine/normalise/sources'

const root = join(import.meta.dirname, '../..')
const known = await loadSources([join(root, 'resources/sources')])
const sourcesOf = (path: string) => {
  const { sources, guessed } = recogniseFile(join(root, 'resources/samples', path), known)
  return { sources: sources.map(({ id }) => id), guessed }
}

describe('each sample is recognised without being asked', () => {
  it.each([
    ['authentik/events-page-01.json', ['authentik']],
    ['authentik/events_6b1f0c2e-8d43-4a7e-9c55-0e2b7d91a4f3.csv', ['authentik.csv']],
    ['keycloak/shop-user-events.json', ['keycloak.user']],
    ['keycloak/shop-admin-events.json', ['keycloak.admin']],
    ['skycloak/partners-events.json', ['skycloak']],
    ['authorization-hub/hub-audit.log', ['authorization-hub']],
    ['authorization-hub/hub-keycloak-ecs.json', ['authorization-hub.ecs']],
    ['asgardeo/audit-logs.json', ['asgardeo']],
    ['asgardeo/token-logs.json', ['asgardeo.diagnostic']],
    ['asgardeo/legacy-audit.log', ['asgardeo.legacy']],
    ['unkey/audit-logs.json', ['unkey']],
    ['aws-cloudtrail/210987654321_CloudTrail_eu-central-1_20261012T0000Z_month.json.gz', ['aws.cloudtrail']],
    ['aws-cloudtrail/210987654321_CloudTrail_eu-central-1_20261105T0000Z_Vq3Zr8TkLm2Xw7Bn.json', ['aws.cloudtrail']]
  ])('%s', (path, sources) => {
    expect(sourcesOf(path)).toEqual({ sources, guessed: undefined })
  })

  it('but the workspace CSV of Skycloak is guessed, and says how', () => {
    const { guessed } = sourcesOf('skycloak/workspace-audit-log.csv')
    for (const found of ['@timestamp', 'user.name', 'user.email', 'event.action', 'source.ip', 'event.outcome'])
      expect(guessed).toContain(found)
  })
})
