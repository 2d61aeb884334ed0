import Cable from '@lucide/svelte/icons/cable'
import ChartColumn from '@lucide/svelte/icons/chart-column'
import ChartGantt from '@lucide/svelte/icons/chart-gantt'
import Earth from '@lucide/svelte/icons/earth'
import FileCode from '@lucide/svelte/icons/file-code-2'
import Archive from '@lucide/svelte/icons/file-lock'
import GitCompareArrows from '@lucide/svelte/icons/git-compare-arrows'
import Rows from '@lucide/svelte/icons/rows-3'
import Terminal from '@lucide/svelte/icons/square-terminal'
import type { Component } from 'svelte'
import type { Page } from './page'

/** A page of the rail. All but Welcome share the one filter. */
export interface PageInfo {
  readonly id: Page
  readonly title: string
  readonly icon: typeof Rows
  /** Whether what it shows are the events of the filter. */
  readonly filtered: boolean
  readonly load: () => Promise<{ default: Component }>
}

const files = import.meta.glob<{ default: Component }>('../pages/*.svelte')

const order: readonly Omit<PageInfo, 'load'>[] = [
  { id: 'explore', title: 'Explore', icon: Rows, filtered: true },
  { id: 'charts', title: 'Charts', icon: ChartColumn, filtered: true },
  { id: 'map', title: 'Map', icon: Earth, filtered: true },
  { id: 'compare', title: 'Compare', icon: GitCompareArrows, filtered: true },
  { id: 'evidence', title: 'Evidence', icon: Archive, filtered: false },
  { id: 'coverage', title: 'Coverage', icon: ChartGantt, filtered: false },
  { id: 'connections', title: 'Connect', icon: Cable, filtered: false },
  { id: 'sources', title: 'Sources', icon: FileCode, filtered: false },
  { id: 'sql', title: 'SQL', icon: Terminal, filtered: false }
]

/** The pages there are, in the rail's order. */
export const pages: readonly PageInfo[] = order.flatMap((page) => {
  const load = files[`../pages/${page.id[0]?.toUpperCase()}${page.id.slice(1)}.svelte`]
  return load ? [{ ...page, load }] : []
})

/** Whether what a page shows are the events of the filter. */
export const isFiltered = (page: Page): boolean => order.some(({ id, filtered }) => id === page && filtered)
