import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname
// The build goes to a folder beside, which then takes the place of the one in use.
const out = process.env['SPOOR_OUT'] ?? 'out'
const main = (path: string) => resolve(root, 'src-main', path)

export default defineConfig({
  main: {
    build: {
      outDir: `${out}/main`,
      // The loopback host and the command line run this same output on plain Node.
      target: 'node20.19',
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: main('host-electron/main.ts'),
          'engine-process': main('host-electron/engine-process.ts'),
          cli: main('host-node/cli.ts'),
          browser: main('host-node/browser.ts'),
          'read-worker': main('engine/import/read-worker.ts'),
          'words-worker': main('engine/query/words-worker.ts')
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: main('host-electron/preload.ts') },
        // A sandboxed preload is CommonJS: https://www.electronjs.org/docs/latest/tutorial/esm
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    base: './',
    plugins: [tailwindcss(), svelte({ configFile: resolve(root, 'svelte.config.js') })],
    build: {
      outDir: resolve(root, out, 'renderer'),
      minify: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve(root, 'src-renderer/index.html') }
    }
  }
})
