import type { Page } from '@playwright/test'
import { chips, detail, notice, query, rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'sample' })

const marks = (page: Page) => page.getByRole('region', { name: 'Marks', exact: true })
const search = async (page: Page, text: string) => {
  await query(page).fill(text)
  await query(page).press('Enter')
}
const tabs = (page: Page) => page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab')
const searches = (page: Page) => page.getByRole('dialog', { name: 'Searches' })

test('stars, tags and comments an event with the keyboard, and finds it by each', async ({ spoor: { page } }) => {
  await rows(page).nth(3).click()
  await expect(detail(page)).toBeVisible()
  await page.keyboard.press('m')
  await expect(detail(page).getByRole('button', { name: 'Star' })).toHaveAttribute('aria-pressed', 'true')
  await expect(rows(page).nth(3).getByRole('button', { name: 'Star' })).toHaveAttribute('aria-pressed', 'true')
  await detail(page).getByLabel('Add a tag').fill('exfil')
  await page.keyboard.press('Enter')
  await detail(page).getByLabel('Add a comment').fill('Asked Bob: on holiday.')
  await page.keyboard.press('Control+Enter')
  await expect(detail(page).getByText('Asked Bob: on holiday.')).toBeVisible()
  for (const text of ['is:starred', 'tag:exfil', 'comment:bob']) {
    await search(page, text)
    await expect(shown(page)).toHaveText(/^1 of /)
  }
  await search(page, 'comment:alice')
  await expect(shown(page)).toHaveText(/^0 of /)
})

test('tags all that match, says how many, and takes it back', async ({ spoor: { page } }) => {
  await search(page, 'event.outcome:failure')
  await expect(shown(page)).toHaveText(/^184 of /)
  await query(page).press('Escape')
  await page.getByRole('grid', { name: 'Events' }).focus()
  await page.keyboard.press('Shift+M')
  const dialog = page.getByRole('dialog', { name: 'Tag or comment' })
  await dialog.getByLabel('Tag', { exact: true }).fill('failed')
  await dialog.getByRole('button', { name: 'Mark 184 events' }).click()
  await expect(notice(page, 'Tagged “failed”: 184 events')).toBeVisible()
  await expect(marks(page).getByRole('button', { name: 'failed 184' })).toBeVisible()
  await notice(page, 'Tagged “failed”: 184 events').getByRole('button', { name: 'Undo' }).click()
  await expect(marks(page).getByRole('button', { name: /^failed/ })).toBeHidden()
})

test('narrows down to what is marked, and to what is not', async ({ spoor: { page } }) => {
  await rows(page).nth(0).click()
  await page.keyboard.press('m')
  await marks(page).getByRole('button', { name: 'Starred 1' }).click()
  await expect(shown(page)).toHaveText(/^1 of /)
  await expect(chips(page)).toHaveText([/starred/])
  await page.keyboard.press('m')
  await expect(shown(page)).toHaveText(/^0 of /)
})

test('goes back in the history of searches and on in another direction, and keeps both', async ({
  spoor: { page }
}) => {
  await search(page, 'event.outcome:failure')
  await expect(shown(page)).toHaveText(/^184 of /)
  await search(page, 'event.outcome:failure and event.category:iam')
  await query(page).press('Escape')
  await page.getByRole('grid', { name: 'Events' }).focus()
  await page.keyboard.press('Control+z')
  await expect(shown(page)).toHaveText(/^184 of /)
  await search(page, 'event.outcome:failure and user.name:mara*')
  await expect(shown(page)).toHaveText(/^13 of /)
  await page.getByRole('button', { name: 'Saved searches and history' }).click()
  const history = searches(page).getByRole('region', { name: 'History' }).getByRole('listitem')
  await expect(history).toHaveText([
    'Every event',
    /event\.outcome:failure\s*184/,
    /event\.category:iam/,
    /user\.name:mara\*\s*13/
  ])
  await history.nth(2).getByRole('button').click()
  await expect(query(page)).toHaveText('event.outcome:failure and event.category:iam')
  await searches(page).getByLabel('Find in the history').fill('mara')
  await expect(history).toHaveText([/user\.name:mara/])
})

test('saves a search with its columns, and opens it in another tab', async ({ spoor: { page } }) => {
  await search(page, 'event.outcome:failure')
  await page.keyboard.press('Control+s')
  await searches(page).getByLabel('Name to save this search under').fill('What failed')
  await page.keyboard.press('Enter')
  await expect(notice(page, 'Saved “What failed”')).toBeVisible()
  await page.keyboard.press('Alt+t')
  await expect(shown(page)).toHaveText(/^4,371 of /)
  await page.keyboard.press('Alt+s')
  await searches(page)
    .getByRole('button', { name: /^What failed/ })
    .click()
  await expect(shown(page)).toHaveText(/^184 of /)
  await page.keyboard.press('Escape')
  await expect(tabs(page)).toHaveText(['event.outcome:failure', 'event.outcome:failure'])
})

test('opens the case again as it was left', async ({ spoor: { page } }) => {
  await search(page, 'event.outcome:failure')
  await expect(shown(page)).toHaveText(/^184 of /)
  await rows(page).nth(2).click()
  const told = (await detail(page).getByRole('heading', { level: 2 }).textContent()) ?? ''
  await page.keyboard.press('Alt+t')
  await turnTo(page, 'Charts')
  await expect(tabs(page)).toHaveText(['event.outcome:failure', 'Every event'])
  // The window waits until it rests before it is kept.
  const rested = Date.now()
  await expect.poll(() => Date.now() - rested, { intervals: [1200] }).toBeGreaterThan(1100)
  await page.reload()
  await expect(tabs(page)).toHaveText(['event.outcome:failure', 'Every event'])
  await expect(page.getByRole('button', { name: 'Charts' })).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('Control+1')
  await expect(shown(page)).toHaveText(/^184 of /)
  await expect(detail(page).getByRole('heading', { level: 2 })).toHaveText(told)
  await page.keyboard.press('Alt+w')
  await expect(page.getByRole('tablist', { name: 'Tabs' })).toBeHidden()
  await page.keyboard.press('Alt+Shift+T')
  await expect(shown(page)).toHaveText(/^184 of /)
})
