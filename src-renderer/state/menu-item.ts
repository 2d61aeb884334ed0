import type { Component } from 'svelte'

/** One line of a menu. */
export type MenuItem =
  | {
      readonly title: string
      readonly icon?: Component<{ class?: string }>
      readonly keys?: string
      /** Beside the title, dimmed: a count, an offset. */
      readonly note?: string
      /** Of a choice: whether it is this one. */
      readonly checked?: boolean
      readonly disabled?: boolean
      readonly run: () => void
    }
  | { readonly heading: string }
  | 'line'
