import type { Page } from '@playwright/test'
import { chips, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

const figure = (page: Page, title: string) => page.getByRole('figure', { name: title, exact: true })
const numbers = async (page: Page, title: string) => {
  await figure(page, title).getByRole('button', { name: 'Show the numbers' }).click()
  return page.getByRole('table', { name: title, exact: true })
}
const rowsOf = async (page: Page, title: string) =>
  (await numbers(page, title))
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.slice(1).map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim()).join(' '))
    )

test.beforeEach(async ({ spoor: { page } }) => {
  await turnTo(page, 'Charts')
  await expect(figure(page, 'Outcomes').getByRole('img')).toBeVisible()
})

test('draws six charts of the same events, each with its numbers as a table', async ({ spoor: { page } }) => {
  expect(await rowsOf(page, 'Most active users')).toEqual(['alice 12 50%', 'bob 7 29%', '– 3 13%', 'carol 2 8.3%'])
  expect(await rowsOf(page, 'Outcomes')).toEqual(['– Not logged 14 58%', '✓ Success 6 25%', '✗ Failure 4 17%'])
  const actions = await rowsOf(page, 'Volume by action')
  expect(actions.slice(0, 2)).toEqual(['login 6 25%', expect.stringMatching(/^(authorize_application|login_failed) 4/)])
  const hours = await numbers(page, 'Hour and weekday')
  await expect(
    hours
      .getByRole('row', { name: /^Wednesday/ })
      .getByRole('cell')
      .nth(2)
  ).toHaveText('4')
  await expect(await numbers(page, 'Events over time')).toBeVisible()
  await expect(await numbers(page, 'Categories')).toBeVisible()
})

test('a click on a bar filters everything, a click on another bar takes its place', async ({ spoor: { page } }) => {
  const drawing = figure(page, 'Most active users').getByRole('img')
  const box = await drawing.boundingBox()
  if (!box) throw new Error('the chart has no size')
  await drawing.click({ position: { x: box.width * 0.5, y: 15 } })
  await expect(shown(page)).toHaveText('12 of 24 events')
  await expect(chips(page)).toHaveText([/User\s+alice/])
  // A chart is not filtered by its own choice, so the others can still be chosen.
  await drawing.click({ position: { x: box.width * 0.5, y: 37 } })
  await expect(shown(page)).toHaveText('7 of 24 events')
  await expect(chips(page)).toHaveText([/User\s+bob/])
})

test('a cell of the table of hours filters to that hour of that weekday', async ({ spoor: { page } }) => {
  const hours = await numbers(page, 'Hour and weekday')
  await hours
    .getByRole('row', { name: /^Wednesday/ })
    .getByRole('button', { name: '4', exact: true })
    .click()
  await expect(shown(page)).toHaveText('4 of 24 events')
})

test('the zone of the window is the zone of the charts', async ({ spoor: { page } }) => {
  await page.getByRole('button', { name: /^Time zone/ }).click()
  await page.getByRole('option', { name: /^Asia\/Tokyo/ }).click()
  const hours = await numbers(page, 'Hour and weekday')
  await expect(hours.getByRole('columnheader', { name: 'Weekday (Asia/Tokyo)' })).toBeVisible()
  await expect(
    hours
      .getByRole('row', { name: /^Wednesday/ })
      .getByRole('cell')
      .nth(11)
  ).toHaveText('4')
})
