import { defineConfig } from '@playwright/test'
import { installedBrowser } from './src-main/host-node/browser'

const executablePath = process.env['SPOOR_TEST_BROWSER'] ?? installedBrowser() ?? undefined

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 60_000,
  // Each spec starts its own host with its own engine; a machine of two cores has enough with one.
  workers: 1,
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
