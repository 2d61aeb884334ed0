import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root, run } from './run.mjs'

const version = '26.7.4'
const cache = join(root, 'node_modules', '.cache', 'spoor')
const folder = join(cache, `keycloak-${version}`)

/** Keycloak's own distribution, got from Maven Central once: `folder`, or `why` it cannot be had here. */
export async function getKeycloak() {
  if (process.platform === 'win32') return { why: 'it is started under Linux and macOS only' }
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const major = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0)
  if (major < 17) return { why: `it needs Java 17 or later, and there is ${major ? `Java ${major}` : 'none'}` }
  if (existsSync(folder)) return { folder }
  if (spawnSync('mvn', ['-v']).status !== 0) return { why: 'it comes by Maven, and there is no mvn' }
  console.error(`Getting Keycloak ${version} (once, 180 MB) …`)
  const getting = join(cache, `getting-keycloak-${process.pid}`)
  const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${version}:zip`
  const args = ['-B', '-q', 'dependency:unpack', artifact, `-DoutputDirectory=${getting}`]
  const code = await run('mvn', args, { stdio: ['ignore', 2, 2], timeout: 900_000 })
  const unpacked = join(getting, `keycloak-${version}`)
  if (code === 0 && existsSync(unpacked)) {
    mkdirSync(cache, { recursive: true })
    renameSync(unpacked, folder)
  }
  rmSync(getting, { recursive: true, force: true })
  return existsSync(folder) ? { folder } : { why: 'Maven Central does not give it, see above' }
}

/** A Keycloak on 127.0.0.1 that keeps nothing, and ends when `stop` is called or this process is gone. */
export async function startKeycloak(folder) {
  const url = `http://127.0.0.1:${await freePort()}`
  const password = randomBytes(12).toString('hex')
  const logs = mkdtempSync(join(tmpdir(), 'spoor-keycloak-'))
  const log = join(logs, 'keycloak.log')
  const output = openSync(log, 'a')
  const kc = ['sh', join(folder, 'bin', 'kc.sh'), 'start-dev', '--db=dev-mem', '--http-host=127.0.0.1']
  // Its input ends with this process, however that ends.
  const guard = 'exec 3<&0; "$@" 3<&- & kc=$!; { cat <&3 >/dev/null; kill $kc; } & wait $kc'
  const args = ['-c', guard, 'sh', ...kc, `--http-port=${new URL(url).port}`, successToo]
  const child = spawn('sh', args, {
    stdio: ['pipe', output, output],
    env: {
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: password,
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
      JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1'
    }
  })
  const gone = new Promise((resolve) => child.on('close', resolve))
  const stop = async () => {
    child.stdin.destroy()
    await gone
    rmSync(logs, { recursive: true, force: true })
  }
  const began = Date.now()
  while (child.exitCode === null && Date.now() - began < 300_000) {
    if (await answers(`${url}/realms/master`)) return { url, password, log, stop }
    await pause(500)
  }
  console.error(readFileSync(log, 'utf8').slice(-4000))
  await stop()
  return null
}

/** What went well is logged, too, by the listener whose lines Spoor reads. */
const successToo = '--spi-events-listener--jboss-logging--success-level=info'

const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false
  )

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
