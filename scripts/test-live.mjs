import { buildIfStale } from './build.mjs'
import { getKeycloak, startKeycloak } from './keycloak.mjs'
import { runScript } from './run.mjs'

// npm run test:live: pulls from the real products that can be had and started here. Without them it says so, and passes.
const got = await getKeycloak()
const keycloak = got.folder ? await start(got.folder) : got
if (keycloak.why) {
  console.log(`Not run against the real Keycloak: ${keycloak.why}.`)
  process.exit(0)
}
await buildIfStale()
const code = await runScript(
  'vitest/vitest.mjs',
  ['run', '--config', 'test/live/vitest.config.ts', ...process.argv.slice(2)],
  { env: { SPOOR_TEST_KEYCLOAK: keycloak.url, SPOOR_TEST_PASSWORD: keycloak.password, SPOOR_TEST_LOG: keycloak.log } }
)
await keycloak.stop()
process.exit(code)

async function start(folder) {
  console.error('Starting Keycloak …')
  return startKeycloak(folder)
}
