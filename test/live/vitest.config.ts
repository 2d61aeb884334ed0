import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** One file after the other: there is one server, and each makes realms of its own. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    name: 'live',
    include: ['test/live/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000
  }
})
