#!/usr/bin/env node
// The command `spoor`. CommonJS, because Node's thread pool takes its size when it is first used, which is before any ES module
// runs: four long queries would otherwise stop every other call.
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { spawnSync } = require('node:child_process')
const { pathToFileURL } = require('node:url')

const cli = join(__dirname, '..', 'out', 'main', 'cli.js')
if (!existsSync(cli)) {
  console.error('spoor is not built yet: run `npm install` and `npm run build` in its folder first.')
  process.exit(1)
}
if (process.env.UV_THREADPOOL_SIZE) {
  import(pathToFileURL(cli).href)
} else {
  process.env.UV_THREADPOOL_SIZE = '16'
  // On Windows the pool reads the environment that the process was started with.
  if (process.platform === 'win32') {
    const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
    process.exit(status ?? 1)
  }
  import(pathToFileURL(cli).href)
}
