import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { chips, detail, query, rows, shown } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'months' })

const history = (page: Page): Locator => page.getByRole('dialog', { name: /^History of/ })
const states = (page: Page): Locator => history(page).getByRole('option')
const looked = (page: Page): Locator => history(page).getByRole('option', { selected: true })
const difference = (page: Page): Locator => history(page).getByRole('region', { name: 'Difference' })

/** The detail of the one event that a query finds. */
async function open(page: Page, text: string): Promise<void> {
  await query(page).fill(text)
  await expect(shown(page)).toHaveText('1 of 18 events')
  await rows(page).first().click()
  await expect(detail(page).getByRole('button', { name: 'History of this object' })).toBeVisible()
}

test('says of a rebuilt state from which event it comes, how old it was, and goes there', async ({
  spoor: { page }
}) => {
  await open(page, 'event.action:user.update change.fields:email')
  const change = detail(page).getByRole('region', { name: 'Change', exact: true })
  await expect(change).toContainText('~ 2 changed · + 1 added · 6 unchanged')
  await expect(change).toContainText(/Before: rebuilt from user\.update by a0000000.*, 31 days before/)
  await change.getByRole('button', { name: 'user.update' }).click()
  await expect(change).toContainText('Before: not logged')
})

test('shows all states of an object in order, and steps through them', async ({ spoor: { page } }) => {
  await open(page, 'event.action:user.update change.fields:email')
  await page.keyboard.press('h')
  await expect(history(page)).toContainText('History of USER ada2')
  await expect(history(page)).toContainText('7 events tell of it')
  await expect(states(page)).toHaveCount(7)
  await expect(looked(page)).toContainText('email, emailVerified, attributes')
  await expect(difference(page).getByRole('listitem').filter({ hasText: 'email' }).first()).toContainText(
    'ada@evil.example'
  )

  await page.keyboard.press('ArrowLeft')
  await expect(looked(page)).toContainText('before not logged')
  await page.keyboard.press('ArrowLeft')
  await expect(looked(page)).toContainText('2026-03-01')
  await page.keyboard.press('End')
  await expect(looked(page)).toContainText('2026-06-01')
  await expect(difference(page)).toContainText('27 days before')
  await difference(page).getByRole('button', { name: 'user.create' }).click()
  await expect(looked(page)).toContainText('user.create')
})

test('compares any two states, unified and side by side', async ({ spoor: { page } }) => {
  await open(page, 'event.action:user.create')
  await detail(page).getByRole('button', { name: 'History of this object' }).click()
  await expect(looked(page)).toContainText('user.create')
  await page.keyboard.press('Home')
  await page.keyboard.press('a')
  await page.keyboard.press('End')
  await expect(difference(page)).toContainText('~ 2 changed · 6 unchanged')
  await expect(difference(page).getByRole('listitem').filter({ hasText: 'username' })).toContainText('ada2')
  await expect(difference(page)).toContainText('Two states of one object')
  await difference(page).getByRole('button', { name: 'Side by side' }).click()
  await expect(difference(page).getByText('Before', { exact: true })).toBeVisible()
  await states(page)
    .nth(4)
    .click({ modifiers: ['Shift'] })
  await states(page).nth(1).click()
  await expect(difference(page)).toContainText('+ 9 added')
  await difference(page).getByRole('button', { name: 'What the event changed' }).click()
  await expect(difference(page)).toContainText('31 days before')
})

test('leads to the event, and to all events of the object', async ({ spoor: { page } }) => {
  await open(page, 'event.action:realm_role_mapping.delete')
  await page.keyboard.press('h')
  await expect(history(page)).toContainText('role-mappings/realm')
  await expect(looked(page)).toContainText('realm_role_mapping.delete')
  await expect(difference(page)).toContainText('Who was there before the log began is not known.')
  await page.keyboard.press('Home')
  await difference(page).getByRole('button', { name: 'Go to the event' }).click()
  await expect(history(page)).toBeHidden()
  await expect(detail(page)).toContainText('realm_role_mapping.create')

  await query(page).fill('')
  await page.getByRole('grid', { name: 'Events' }).focus()
  await page.keyboard.press('h')
  await history(page).getByRole('button', { name: 'Show in Explore' }).click()
  await expect(chips(page)).toContainText(['Target type is REALM_ROLE_MAPPING'])
  await expect(shown(page)).toHaveText('4 of 18 events')
})

test.describe('in a case of another log', () => {
  test.use({ opens: 'shift' })

  test('says that there are no states of an object of which no log tells any', async ({ spoor: { page } }) => {
    await query(page).fill('event.action:secret_view')
    await expect(shown(page)).toHaveText('1 of 24 events')
    await rows(page).first().click()
    await detail(page).getByRole('button', { name: 'History of this object' }).click()
    await expect(history(page)).toContainText('No event of this case tells a state of the object')
    await page.keyboard.press('Escape')
    await expect(history(page)).toBeHidden()
  })
})

test('is free of what axe finds, dark and light', async ({ spoor: { page } }) => {
  await open(page, 'event.action:user.create')
  await page.keyboard.press('h')
  await expect(states(page)).toHaveCount(7)
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
})
