import { buildIfStale } from './build.mjs'
import { getKeycloak, startKeycloak } from './keycloak.mjs'
import { runScript } from './run.mjs'

// npm run test:live: pulls from the real products that can be had and started here. Without them it says so, and passes.
const { folder, why } = await getKeycloak()
if (!folder) {
  console.log(`Not run against the real Keycloak: ${why}.`)
  process.exit(0)
}
await buildIfStale()
console.error('Starting Keycloak …')
const keycloak = await startKeycloak(folder)
if (!keycloak) {
  console.error('Keycloak is there but did not start, see above.')
  process.exit(1)
}
const code = await runScript(
  'vitest/vitest.mjs',
  ['run', '--config', 'test/live/vitest.config.ts', ...process.argv.slice(2)],
  { env: { SPOOR_TEST_KEYCLOAK: keycloak.url, SPOOR_TEST_PASSWORD: keycloak.password, SPOOR_TEST_LOG: keycloak.log } }
)
await keycloak.stop()
process.exit(code)
