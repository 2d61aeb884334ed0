import { defineConfig } from '@playwright/test'
import { installedBrowser } from './src-main/host-node/browser'
import { electronBinary, hasScreen } from './src-main/host-node/electron-binary'
import type { Host } from './test/e2e/spoor'

const executablePath = process.env['SPOOR_TEST_BROWSER'] ?? installedBrowser() ?? undefined

const whyNoShell = electronBinary(import.meta.dirname)
  ? hasScreen()
    ? null
    : 'there is no screen'
  : 'Electron’s binary is not installed'
// The configuration is read again in each worker.
if (whyNoShell && !process.env['TEST_WORKER_INDEX'])
  console.error(`The end-to-end tests run in the loopback host only, not in the desktop shell: ${whyNoShell}.`)

export default defineConfig<object, { host: Host }>({
  projects: [
    { name: 'loopback', use: { host: 'loopback' } },
    ...(whyNoShell ? [] : [{ name: 'electron', use: { host: 'electron' as const } }])
  ],
  testDir: 'test/e2e',
  timeout: 60_000,
  // An import of many files takes its time on a busy machine.
  expect: { timeout: 20_000 },
  // Each spec starts its own host with its own engine; a machine of two cores has enough with one.
  workers: 1,
  // What passes the second time is named as flaky.
  retries: 1,
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // Chromium's sandbox cannot be had by root, which is what containers run as.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
      ]
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure'
  }
})
