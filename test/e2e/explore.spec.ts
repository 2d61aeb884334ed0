import type { Locator, Page } from '@playwright/test'
import { chips, detail, facet, facetValue, rows, shown } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

test.beforeEach(async ({ spoor: { page } }) => {
  await expect(shown(page)).toHaveText('24 of 24 events')
})

const range = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('button', { name: /^Time range:/ }).click()
  await page.getByRole('button', { name: title, exact: true }).click()
}

test('a brush over the histogram zooms in, a click beside it zooms out', async ({ spoor: { page } }) => {
  const time = page.getByRole('region', { name: 'Events over time' })
  await time.getByRole('button', { name: /^1 bar =/ }).click()
  await page.getByRole('menuitem', { name: '1 day' }).click()
  await expect(time.getByRole('button', { name: '1 bar = 1 day' })).toBeVisible()
  const slider = time.getByRole('slider')
  const box = await slider.boundingBox()
  if (!box) throw new Error('the histogram has no size')
  const dayAt = (day: number) => box.x + (box.width * (day + 0.5)) / 5
  await page.mouse.move(dayAt(0), box.y + 20)
  await page.mouse.down()
  await page.mouse.move(dayAt(1), box.y + 20, { steps: 4 })
  await expect(time).toContainText('2026-03-02 00:00 – 2026-03-04 00:00')
  await page.mouse.up()
  await expect(shown(page)).toHaveText('8 of 24 events')
  await expect(page.getByRole('button', { name: /^Time range: 2026-03-02 00:00 – 2026-03-04 00:00/ })).toBeVisible()
  await slider.click({ position: { x: 5, y: 20 } })
  await expect(shown(page)).toHaveText('24 of 24 events')
})

test('the histogram can be brushed by keys alone', async ({ spoor: { page } }) => {
  const slider = page.getByRole('region', { name: 'Events over time' }).getByRole('slider')
  await expect(slider).toHaveAttribute('aria-valuetext', /: \d+ events?$/)
  await slider.focus()
  await page.keyboard.press('Home')
  for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await expect(shown(page)).not.toHaveText('24 of 24 events')
  await page.keyboard.press('Escape')
  await expect(shown(page)).toHaveText('24 of 24 events')
})

test('quick ranges count back from the newest event', async ({ spoor: { page } }) => {
  for (const [title, count] of [
    ['Last 15 minutes', '1 of 24 events'],
    ['Last 24 hours', '5 of 24 events'],
    ['Last 7 days', '24 of 24 events'],
    ['All time', '24 of 24 events']
  ] as const) {
    await range(page, title)
    await expect(shown(page)).toHaveText(count)
  }
  await page.getByRole('button', { name: /^Time range:/ }).click()
  await page.getByRole('textbox', { name: 'From' }).fill('2026-03-04')
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('2026-03-04')
  await page.keyboard.press('Enter')
  await expect(shown(page)).toHaveText('7 of 24 events')
})

test('a click on a facet value includes it, Alt-click and the minus exclude it; counts follow', async ({
  spoor: { page }
}) => {
  await expect(facetValue(page, 'User', 'alice')).toHaveAccessibleName('alice: 12 events, 50%')
  await facetValue(page, 'User', 'alice').click()
  await expect(shown(page)).toHaveText('12 of 24 events')
  await expect(facetValue(page, 'Action', 'login')).toHaveAccessibleName(/^login: 4 events/)
  await facetValue(page, 'User', 'bob').click()
  await expect(shown(page)).toHaveText('19 of 24 events')
  await expect(chips(page)).toHaveText([/User\s+alice, bob/])
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await facetValue(page, 'User', 'alice').click({ modifiers: ['Alt'] })
  await expect(shown(page)).toHaveText('12 of 24 events')
  await expect(chips(page)).toHaveText([/not\s+User\s+alice/])
  await facetValue(page, 'User', 'carol').hover()
  await facet(page, 'User').getByRole('button', { name: 'Exclude carol' }).click()
  await expect(shown(page)).toHaveText('10 of 24 events')
})

test('a chip can be turned round, switched off and on, removed; each step can be undone', async ({
  spoor: { page }
}) => {
  await facetValue(page, 'User', 'alice').click()
  const chip = chips(page).first().getByRole('button').first()
  const choose = async (item: string): Promise<void> => {
    await chip.click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await choose('All but these')
  await expect(chips(page)).toHaveText([/not\s+User\s+alice/])
  await expect(shown(page)).toHaveText('12 of 24 events')
  await choose('Switch off')
  await expect(shown(page)).toHaveText('24 of 24 events')
  await choose('Switch on')
  await expect(shown(page)).toHaveText('12 of 24 events')
  await page.getByRole('button', { name: /^Remove / }).click()
  await expect(chips(page)).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(chips(page)).toHaveText([/not\s+User\s+alice/])
})

test('user actions only leaves out what the system did', async ({ spoor: { page } }) => {
  const toggle = page.getByRole('button', { name: 'User actions only' })
  await toggle.click()
  await expect(shown(page)).toHaveText('21 of 24 events')
  await expect(toggle).toHaveAttribute('aria-pressed', 'true')
  await toggle.click()
  await expect(shown(page)).toHaveText('24 of 24 events')
})

test('a value offers the same menu wherever it stands', async ({ spoor: { page } }) => {
  const menu = page.getByRole('menu')
  const items = async (value: Locator): Promise<string[]> => {
    await value.click({ button: 'right' })
    await expect(menu).toBeVisible()
    const titles = await menu.getByRole('menuitem').locator('span:first-child').allInnerTexts()
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
    return titles.map((title) => title.trim())
  }
  const always = [
    'Only events with this',
    'Only events without this',
    'Any user',
    'Look for it in all fields',
    'New search for this',
    'Narrow down in a new tab',
    'Everything about this',
    'Count by user'
  ]
  const ofTheTime = ['From this time on', 'Up to this time', '5 minutes before and after']
  const alice = rows(page).first().getByText('alice')
  await alice.click()
  const inDetail = detail(page).getByRole('region', { name: 'Who' }).getByText('alice', { exact: true })
  expect(await items(inDetail)).toEqual([...always, ...ofTheTime, 'Copy', 'Copy as query'])
  expect((await items(alice)).slice(0, 13)).toEqual([...always, ...ofTheTime, 'Copy', 'Copy as query'])
  expect(await items(facetValue(page, 'User', 'alice'))).toEqual([...always, 'Copy', 'Copy as query'])
  await alice.click({ button: 'right' })
  await menu.getByRole('menuitem', { name: 'Only events with this' }).click()
  await expect(shown(page)).toHaveText('12 of 24 events')
})

test('a value leads to what was from its time on, and up to it', async ({ spoor: { page } }) => {
  const choose = async (row: number, item: string): Promise<void> => {
    await rows(page).nth(row).locator('[data-field="@timestamp"]').click({ button: 'right' })
    await page.getByRole('menuitem', { name: item }).click()
  }
  await choose(4, 'From this time on')
  await expect(shown(page)).toHaveText('5 of 24 events')
  await choose(2, 'Up to this time')
  await expect(shown(page)).toHaveText('3 of 24 events')
})

test('an empty answer says which part of the filter hides how much', async ({ spoor: { page } }) => {
  await facetValue(page, 'User', 'carol').click()
  await range(page, 'Last 15 minutes')
  await expect(shown(page)).toHaveText('0 of 24 events')
  await expect(page.getByText(/hides 2 events/)).toBeVisible()
  await page.getByRole('button', { name: /^Clear the time range/i }).click()
  await expect(shown(page)).toHaveText('2 of 24 events')
})

test('what stands where an address should is listed as it is, and can be filtered beside addresses', async ({
  spoor: { page }
}) => {
  await expect(facetValue(page, 'Address', 'without address')).toHaveAccessibleName('without address: 2 events, 8.3%')
  await facetValue(page, 'Address', '255.255.255.255').click()
  await expect(shown(page)).toHaveText('1 of 24 events')
  await expect(rows(page).first()).toContainText('255.255.255.255')
  await facetValue(page, 'Address', '10.20.4.18').click()
  await expect(shown(page)).toHaveText('3 of 24 events')
  await facetValue(page, 'Address', 'without address').click()
  await expect(shown(page)).toHaveText('5 of 24 events')
  await expect(chips(page)).toHaveCount(1)
  await facetValue(page, 'Address', '255.255.255.255').click()
  await expect(shown(page)).toHaveText('4 of 24 events')
})
