import { buildIfStale } from './build.mjs'
import { installIfNeeded } from './install.mjs'
import { runScript } from './run.mjs'

// npm run package [-- --dir]: installers for this system into dist/.
await installIfNeeded()
await buildIfStale()
const args = ['--config', 'build/electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)]
process.exit(await runScript('electron-builder/cli.js', args))
