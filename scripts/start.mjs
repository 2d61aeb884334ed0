import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { fetchElectron } from './fetch-electron.mjs'
import { installIfNeeded } from './install.mjs'
import { root } from './run.mjs'

// npm start [case or files…]: installs, builds and opens the application, each only as far as needed.
await installIfNeeded()
await buildIfStale()
await fetchElectron()

const child = spawn(process.execPath, [join(root, 'scripts', 'spoor.cjs'), 'open', ...process.argv.slice(2)], {
  stdio: 'inherit'
})
// Ctrl-C reaches the child by itself; this one waits for its end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
