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

export const query = (page: Page): Locator => page.getByRole('textbox', { name: 'Search events' })

/** The chips of the filter, as they read. */
export const chips = (page: Page): Locator => page.getByRole('region', { name: 'Filter' }).getByRole('listitem')
