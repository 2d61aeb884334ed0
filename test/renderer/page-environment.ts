import type { Environment } from 'vitest/runtime'

/** Node, but with modules as a browser gets them: Svelte's runes live, as they do in the window. */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} })
} satisfies Environment
