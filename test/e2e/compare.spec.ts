import type { Page } from '@playwright/test'
import { chips, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

const field = (page: Page, title: string) =>
  page.getByRole('region', { name: 'What differs' }).getByRole('region', { name: title, exact: true })
const value = (page: Page, title: string, text: string) =>
  field(page, title).getByRole('button', { name: new RegExp(`^${text}: `) })

test.beforeEach(async ({ spoor: { page } }) => {
  await expect(shown(page)).toHaveText('24 of 24 events')
  await turnTo(page, 'Compare')
})

test('with nothing chosen it offers times to begin with', async ({ spoor: { page } }) => {
  await expect(page.getByText('With what shall it be compared?')).toBeVisible()
  await page.getByRole('button', { name: 'The last 24 hours with those before' }).click()
  await expect(shown(page)).toHaveText('5 of 24 events')
  await expect(page.getByRole('button', { name: 'Compared with: the time just before' })).toBeVisible()
  await expect(field(page, 'Action')).toBeVisible()
  await expect(page.getByRole('slider', { name: /^Both over time/ })).toBeVisible()
})

test('a filter is compared with all other events; a click on a value narrows both', async ({ spoor: { page } }) => {
  await page.getByRole('combobox', { name: 'Search events' }).fill('user.name:alice')
  await page.keyboard.press('Enter')
  await expect(shown(page)).toHaveText('12 of 24 events')
  await expect(page.getByRole('button', { name: 'Compared with: all other events' })).toBeVisible()
  await expect(value(page, 'User', 'alice')).toHaveAccessibleName('alice: new, 0 before, 12 events now')
  await expect(value(page, 'User', 'bob')).toHaveAccessibleName('bob: gone, 7 before, 0 events now')
  await page.getByRole('group', { name: 'Order' }).getByRole('button', { name: 'most now' }).click()
  await value(page, 'Action', 'login').click()
  await expect(shown(page)).toHaveText('4 of 24 events')
  await expect(chips(page)).toHaveText([/Action\s+login/])
  await expect(value(page, 'Action', 'login')).toHaveAttribute('aria-pressed', 'true')
  await expect(value(page, 'User', 'bob')).toHaveAccessibleName(/^bob: gone, [1-6] before/)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(shown(page)).toHaveText('12 of 24 events')
})

test('only one kind of change is listed when asked, and another query is compared with', async ({
  spoor: { page }
}) => {
  await page.getByRole('combobox', { name: 'Search events' }).fill('user.name:alice')
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: 'Values that are' }).getByRole('button', { name: 'gone' }).click()
  await expect(value(page, 'User', 'bob')).toBeVisible()
  await expect(value(page, 'User', 'alice')).toHaveCount(0)
  await page.getByRole('button', { name: /^Compared with: / }).click()
  await page.getByRole('menuitem', { name: 'Another query' }).click()
  const other = page.getByRole('textbox', { name: 'The other query' })
  await other.fill('user.nmae:x')
  await expect(page.getByRole('alert')).toContainText('user.nmae')
  await other.fill('user.name:carol')
  await other.press('Enter')
  await expect(value(page, 'User', 'carol')).toHaveAccessibleName('carol: gone, 2 before, 0 events now')
  await expect(value(page, 'User', 'bob')).toHaveCount(0)
})

test('it is copied as it stands, for a spreadsheet', async ({ spoor: { page } }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('combobox', { name: 'Search events' }).fill('user.name:alice')
  await page.keyboard.press('Enter')
  await expect(value(page, 'User', 'bob')).toBeVisible()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('menuitem', { name: 'For a spreadsheet (TSV)' }).click()
  await expect(page.getByRole('heading', { name: 'Copied' })).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text.split('\n')[0]).toBe(
    'Field\tValue\tEverything else\tuser.name:alice\tShare of Everything else\tShare of user.name:alice\tChange'
  )
  expect(text).toContain('user.name\tbob\t7\t0\t58.33%\t0%\tgone')
})
