import type { Page } from '@playwright/test'
import { chips, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

const world = (page: Page) => page.getByRole('application', { name: /^World map/ })
const circle = (page: Page, count: string) =>
  world(page)
    .locator('.leaflet-marker-icon')
    .filter({ hasText: new RegExp(`^${count}$`) })
const without = (page: Page) => page.getByRole('region', { name: 'Events without a place' })

test.beforeEach(async ({ spoor: { page } }) => {
  await turnTo(page, 'Map')
  await expect(circle(page, '12')).toBeVisible()
})

test('shows how many came from where, and always how many stand on no map', async ({ spoor: { page } }) => {
  await expect(world(page)).toHaveAccessibleName(/^World map: 19 events from 3 areas/)
  await expect(circle(page, '4')).toBeVisible()
  await expect(circle(page, '3')).toBeVisible()
  await expect(without(page).getByRole('heading')).toHaveText(/Not on the map\s*5/)
  await expect(without(page).getByRole('button')).toHaveText([
    /Private address\s*2/,
    /Unknown to the database\s*0/,
    /Not an address\s*1/,
    /No address\s*2/
  ])
  await expect(page.getByRole('list', { name: /^Places/ }).getByRole('button')).toHaveText([
    /Hamburg\s*Germany\s*12/,
    /Singapore.*\s*Singapore\s*4/,
    /Toronto.*\s*Canada\s*3/
  ])
})

test('says whose geo-IP data it is, and of when', async ({ spoor: { page } }) => {
  await expect(page.getByRole('link', { name: /DB-IP/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /DB-IP.*\d{4}-\d\d/ })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Natural Earth' })).toBeVisible()
})

test('a click on a circle filters to its area, and the rest steps back', async ({ spoor: { page } }) => {
  await circle(page, '4').click()
  await expect(shown(page)).toHaveText('4 of 24 events')
  await expect(chips(page)).toHaveCount(1)
  await circle(page, '3').click()
  await expect(shown(page)).toHaveText('3 of 24 events')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(shown(page)).toHaveText('24 of 24 events')
})

test('an area drawn with the pointer filters to what lies in it', async ({ spoor: { page } }) => {
  const toronto = await circle(page, '3').boundingBox()
  const hamburg = await circle(page, '12').boundingBox()
  if (!toronto || !hamburg) throw new Error('the circles are not drawn')
  await page.getByRole('button', { name: /^Choose an area/ }).click()
  await page.mouse.move(toronto.x - 20, Math.min(toronto.y, hamburg.y) - 20)
  await page.mouse.down()
  await page.mouse.move(hamburg.x, hamburg.y + 60, { steps: 5 })
  await page.mouse.move(hamburg.x + hamburg.width + 20, Math.max(toronto.y, hamburg.y) + 60, { steps: 5 })
  await page.mouse.up()
  await expect(shown(page)).toHaveText('15 of 24 events')
})

test('events without a place can be asked for', async ({ spoor: { page } }) => {
  await without(page)
    .getByRole('button', { name: /Private address/ })
    .click()
  await expect(shown(page)).toHaveText('2 of 24 events')
})

test('the map can be left while it is resized or zooms', async ({ spoor: { page } }) => {
  await page.setViewportSize({ width: 1200, height: 800 })
  await turnTo(page, 'Explore')
  await page.waitForTimeout(400)
  await turnTo(page, 'Map')
  await expect(circle(page, '12')).toBeVisible()
  await page.getByRole('button', { name: 'Closer' }).click()
  await turnTo(page, 'Explore')
  // What Leaflet has put off comes up within this time, and errors of the page fail the test.
  await page.waitForTimeout(600)
  await turnTo(page, 'Map')
  await expect(circle(page, '12')).toBeVisible()
})
