import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, run, runScript } from './run.mjs'

/** A browser for the end-to-end tests: an installed one, else playwright's own, else Debian's; the path of its program. */
export async function testBrowser() {
  const { chromium } = await import('playwright')
  const { installedBrowser } = await import(pathToFileURL(join(root, 'out', 'main', 'browser.js')).href)
  const found = () => installedBrowser() ?? [chromium.executablePath()].find((path) => existsSync(path))
  if (found()) return found()
  console.error('Getting a browser for the end-to-end tests (once) …')
  await runScript('@playwright/test/cli.js', ['install', 'chromium', '--with-deps'], { timeout: 600_000 })
  if (found()) return found()
  if (process.platform === 'linux' && process.getuid() === 0) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env })
  }
  return found()
}
