import { rows, shown } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'sample' })

test('the table scrolls through every event and holds only those in sight', async ({ spoor: { page } }) => {
  const grid = page.getByRole('grid', { name: 'Events' })
  await expect(grid).toHaveAttribute('aria-rowcount', '4372')
  await expect(rows(page).first()).toContainText('2026-11-10')
  expect(await rows(page).count()).toBeLessThan(100)
  await grid.focus()
  await page.keyboard.press('End')
  // Undated events come last.
  await expect(rows(page).last()).toHaveAttribute('aria-rowindex', '4372')
  await expect(rows(page).last()).toContainText('undated')
  await page.keyboard.press('Home')
  await expect(rows(page).first()).toHaveAttribute('aria-rowindex', '2')
  const frame = await grid.boundingBox()
  if (!frame) throw new Error('the table has no size')
  await page.mouse.move(frame.x + 300, frame.y + 200)
  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 2000)
  await expect(rows(page).first()).not.toHaveAttribute('aria-rowindex', '2')
  await expect(grid.getByLabel('loading')).toHaveCount(0)
  for (const text of await rows(page).allInnerTexts()) expect(text).toMatch(/2026-1[01]-\d\d/)
})

test('a click on a heading sorts, another turns the order round', async ({ spoor: { page } }) => {
  await expect(shown(page)).toHaveText('4,371 of 4,371 events')
  const head = page.getByRole('columnheader', { name: /^Time/ })
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expect(rows(page).first()).toContainText('2026-10-12')
})

test('j, k and Enter walk through the events, the detail follows', async ({ spoor: { page } }) => {
  await expect(rows(page).first()).toContainText('2026-11-10')
  await page.getByRole('grid', { name: 'Events' }).focus()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const title = page.getByRole('article', { name: 'Event', exact: true }).getByRole('heading', { level: 2 })
  const first = await title.textContent()
  await page.keyboard.press('j')
  await expect(title).not.toHaveText(first ?? '')
  await page.keyboard.press('k')
  await expect(title).toHaveText(first ?? '')
  await page.keyboard.press('Escape')
  await expect(title).toBeHidden()
})
