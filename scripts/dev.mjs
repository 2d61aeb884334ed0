import { join } from 'node:path'
import { installIfNeeded } from './install.mjs'
import { root, runScript } from './run.mjs'

// npm run dev: the page with hot updates on the development server, the engine behind the loopback host. Needs no Electron:
// electron-vite starts whatever ELECTRON_EXEC_PATH names, with ELECTRON_RENDERER_URL set.
await installIfNeeded()
const shell = process.argv.includes('--electron') ? {} : { ELECTRON_EXEC_PATH: join(root, 'scripts', 'dev-host.cjs') }
process.exit(await runScript('electron-vite/bin/electron-vite.js', ['dev', '--watch'], { env: shell }))
