import type { Locator, Page } from '@playwright/test'

/** The count of shown events in the status bar: `12 of 24 events`. */
export const shown = (page: Page): Locator => page.getByRole('contentinfo').getByRole('status')

/** Turns to a page by the rail. */
export const turnTo = (page: Page, title: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: title }).click()

/** A message at the corner of the window, by its title. */
export const notice = (page: Page, title: string | RegExp): Locator =>
  page
    .getByRole('region', { name: 'Notices' })
    .locator('article')
    .filter({ has: page.getByRole('heading', { name: title }) })

export const query = (page: Page): Locator => page.getByRole('combobox', { name: 'Search events' })

/** The chips of the filter, as they read. */
export const chips = (page: Page): Locator => page.getByRole('region', { name: 'Filter' }).getByRole('listitem')

/** The rows of the table of events, its head left out. */
export const rows = (page: Page): Locator =>
  page.getByRole('grid', { name: 'Events' }).getByRole('rowgroup').getByRole('row')

/** A facet of the list at the left, and one of its values. */
export const facet = (page: Page, title: string): Locator =>
  page.getByLabel('Facets', { exact: true }).getByRole('region', { name: title, exact: true })
export const facetValue = (page: Page, title: string, value: string): Locator =>
  facet(page, title).getByRole('button', { name: new RegExp(`^${value}: `) })

export const detail = (page: Page): Locator => page.getByRole('article', { name: 'Event', exact: true })
