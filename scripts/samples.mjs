// Writes resources/samples: one incident at a company that does not exist, as six products and a cloud would have logged it.
// The same content on every run: after `node scripts/samples.mjs [folder]`, `git diff resources/samples` is empty.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { asgardeo } from './samples/asgardeo.mjs'
import { authentik } from './samples/authentik.mjs'
import { cloudtrail } from './samples/cloudtrail.mjs'
import { authorizationHub } from './samples/hub.mjs'
import { keycloak } from './samples/keycloak.mjs'
import { skycloak } from './samples/skycloak.mjs'
import { unkey } from './samples/unkey.mjs'

const folder = process.argv[2] ?? join(import.meta.dirname, '../resources/samples')
const files = {
  ...authentik(),
  ...keycloak(),
  ...skycloak(),
  ...authorizationHub(),
  ...asgardeo(),
  ...unkey(),
  ...cloudtrail()
}

for (const product of new Set(Object.keys(files).map((path) => path.split('/')[0]))) {
  rmSync(join(folder, product), { recursive: true, force: true })
}
let bytes = 0
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
  bytes += Buffer.byteLength(content)
}
console.error(`${Object.keys(files).length} files, ${bytes.toLocaleString('en')} bytes`)
