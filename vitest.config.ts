import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/live/**', 'test/renderer/**'],
          globalSetup: ['scripts/vitest-setup.mjs'],
          // What was built runs as it is, without another transformation.
          server: { deps: { external: [/\/out\/main\//] } }
        }
      },
      {
        extends: true,
        plugins: [svelte()],
        // Svelte as a browser gets it: on the server its effects do nothing.
        resolve: { conditions: ['browser', 'module', 'import', 'default'] },
        test: {
          name: 'page',
          include: ['test/renderer/**/*.test.ts'],
          environment: './test/renderer/page-environment.ts',
          server: { deps: { inline: [/svelte/] } }
        }
      }
    ]
  }
})
