import type { Locator, Page } from '@playwright/test'
import { detail, query, rows, shown } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'sample' })

const around = (page: Page): Locator => page.getByRole('region', { name: 'Around the event' })
const aroundRows = (page: Page): Locator => around(page).getByRole('grid').getByRole('row')
/** Of the event in the middle. */
const middle = (page: Page): Locator =>
  aroundRows(page).filter({ has: page.getByRole('gridcell').filter({ hasText: /^this/ }) })
const search = async (page: Page, text: string, found: string | RegExp): Promise<void> => {
  await query(page).fill(text)
  await query(page).press('Enter')
  await expect(shown(page)).toHaveText(found)
}
const place = (page: Page, of: string): Locator =>
  detail(page).getByRole('button', { name: new RegExp(`of .* ${of}; follow`) })

test('shows what happened around an event from all sources, and keeps the search', async ({ spoor: { page } }) => {
  await search(page, 'event.outcome:failure', '184 of 4,371 events')
  await rows(page).nth(4).click()
  await page.keyboard.press('r')
  await expect(around(page)).toBeVisible()
  for (let wider = 0; wider < 3; wider++) await page.keyboard.press('>')
  await expect(around(page).getByRole('button', { name: 'How far around: ± 1 hour' })).toBeVisible()
  await expect(around(page).getByRole('status')).toHaveText('2 before · 2 after')
  await expect(aroundRows(page)).toHaveCount(5)
  await expect(middle(page)).toHaveAttribute('aria-selected', 'true')
  await expect(aroundRows(page).nth(0)).toContainText('skycloak.workspace')
  await expect(aroundRows(page).nth(1)).toContainText('aws.cloudtrail')
  await expect(middle(page)).toContainText('authentik')
  // The event itself is of the search, the others are not.
  await expect(around(page).locator('[data-found]')).toHaveCount(1)
  await expect(shown(page)).toHaveText('184 of 4,371 events')

  // Another one is looked at; the one in the middle stays there.
  await aroundRows(page).nth(0).click()
  await expect(detail(page)).toContainText('This event is not among those listed')
  await expect(aroundRows(page).nth(0)).toHaveAttribute('aria-selected', 'true')
  await expect(aroundRows(page).nth(2)).toContainText('this')

  await around(page).getByRole('button', { name: 'Search this range instead' }).click()
  await expect(shown(page)).toHaveText('5 of 4,371 events')
  await expect(query(page)).toHaveText('')
})

test('goes through the context by keys', async ({ spoor: { page } }) => {
  await search(page, 'event.outcome:failure', '184 of 4,371 events')
  await rows(page).nth(4).click()
  await page.keyboard.press('r')
  for (let wider = 0; wider < 3; wider++) await page.keyboard.press('>')
  await expect(aroundRows(page)).toHaveCount(5)
  await page.keyboard.press('g')
  await page.keyboard.press('j')
  await expect(aroundRows(page).nth(3)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await expect(aroundRows(page).nth(0)).toHaveAttribute('aria-selected', 'true')
  const first = (await aroundRows(page).nth(0).getByRole('gridcell').nth(1).textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(middle(page).getByRole('gridcell').nth(1)).toHaveText(first)
  await page.keyboard.press('r')
  await expect(around(page)).toBeHidden()
})

test('keeps the event that is chosen in sight, and the place where more are listed', async ({ spoor: { page } }) => {
  await expect(shown(page)).toHaveText('4,371 of 4,371 events')
  await rows(page).nth(6).click()
  await page.keyboard.press('r')
  for (let wider = 0; wider < 4; wider++) await page.keyboard.press('>')
  await expect(around(page).getByRole('status')).toContainText(', in its file')
  await page.keyboard.press('g')
  // Far into the file, so that more stand before it than are listed.
  for (const place of ['around-100', 'around-100']) {
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect(middle(page)).toHaveAttribute('id', place)
    await expect(middle(page)).toBeInViewport()
  }
  const chosen = around(page).locator('[aria-selected=true]')
  for (let next = 0; next < 30; next++) await page.keyboard.press('k')
  await expect(chosen).toHaveAttribute('id', 'around-70')
  await expect(chosen).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(chosen).toHaveAttribute('id', 'around-0')
  await expect(chosen).toBeInViewport()
  const id = await chosen.getByRole('gridcell').nth(1).textContent()
  await around(page).getByRole('button', { name: 'Show more' }).first().click()
  await expect.poll(() => aroundRows(page).count()).toBeGreaterThan(150)
  await expect(chosen.getByRole('gridcell').nth(1)).toHaveText(id ?? '')
  await expect(chosen).toBeInViewport()
})

test('shows the records around an event without a time in its file', async ({ spoor: { page } }) => {
  await search(page, '-@timestamp:*', '26 of 4,371 events')
  await rows(page).first().click()
  await page.keyboard.press('r')
  await expect(around(page)).toContainText('an event without a time')
  await expect(around(page).getByRole('status')).toContainText(', in its file')
  await expect(middle(page)).toContainText('undated')
})

test('steps to the next and the previous event of the same user, and says which of how many it is', async ({
  spoor: { page }
}) => {
  await search(page, 'user.name:jonas.weber event.outcome:failure', /^\d+ of 4,371 events$/)
  await rows(page).last().click()
  const here = place(page, 'by this user')
  await expect(here).toHaveText(/User\s+[\d,]+ of [\d,]+/)
  const [at, total] = ((await here.textContent())?.match(/[\d,]+/g) ?? []).map((each) =>
    Number(each.replaceAll(',', ''))
  )
  await detail(page).getByRole('button', { name: 'Next event by this user' }).click()
  await expect(here).toHaveText(new RegExp(`User\\s+${(at ?? 0) + 1} of ${total}`))
  await expect(detail(page).getByRole('heading', { level: 2 })).toContainText('jonas.weber')
  await page.keyboard.press(',')
  await expect(here).toHaveText(new RegExp(`User\\s+${at} of ${total}`))
  await page.keyboard.press(',')
  await expect(here).toHaveText(new RegExp(`User\\s+${(at ?? 0) - 1} of ${total}`))
})

test('steps through the search by failures and by the clock', async ({ spoor: { page } }) => {
  await expect(shown(page)).toHaveText('4,371 of 4,371 events')
  const heading = detail(page).getByRole('heading', { level: 2 })
  const time = async () => (await detail(page).locator('h2 + p').textContent())?.trim() ?? ''
  await rows(page).nth(2).click()
  await page.keyboard.press('Shift+E')
  await expect(detail(page).locator('h2 + p')).toContainText('✗ Failure')
  await expect(heading).toBeVisible()
  const before = (await time()).slice(0, 13)
  await page.keyboard.press('3')
  await expect.poll(async () => (await time()).slice(0, 13) < before).toBe(true)
  const hour = (await time()).slice(0, 13)
  await page.keyboard.press('4')
  await expect.poll(async () => (await time()).slice(0, 13) > hour).toBe(true)
  await page.keyboard.press('1')
  await expect.poll(async () => (await time()).slice(0, 10) < hour.slice(0, 10)).toBe(true)
})
