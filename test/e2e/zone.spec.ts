import type { Page } from '@playwright/test'
import { query, rows, shown } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift', permissions: ['clipboard-read', 'clipboard-write'] })

const zone = async (page: Page, find: string, name: RegExp): Promise<void> => {
  await page.getByRole('button', { name: /^Time zone/ }).click()
  await page.getByPlaceholder(/^Find a zone/).fill(find)
  await page.getByRole('option', { name }).first().click()
}

test('the zone governs the table, the axis, ranges, what is typed and what is copied', async ({ spoor }) => {
  const { page, host } = spoor
  await expect(rows(page).first()).toContainText('2026-03-06 23:45:00')
  await zone(page, 'Berlin', /^Europe\/Berlin/)
  await expect(page.getByRole('columnheader', { name: 'Time (Europe/Berlin)' })).toBeVisible()
  await expect(rows(page).first()).toContainText('2026-03-07 00:45:00')
  await expect(page.getByRole('region', { name: 'Events over time' })).toContainText('Europe/Berlin')
  // The last event is of the seventh on this clock, of the sixth in UTC.
  await query(page).fill('@timestamp:2026-03-07')
  await expect(shown(page)).toHaveText('1 of 24 events')
  await rows(page).first().click()
  await page.keyboard.press('Escape')
  if (host === 'loopback') {
    await page.getByRole('grid', { name: 'Events' }).focus()
    await page.keyboard.press('c')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('2026-03-07T00:45:00+01:00')
  }
  await zone(page, 'UTC', /^UTC/)
  await expect(shown(page)).toHaveText('0 of 24 events')
})

test('a zone off the hour, and the one of this machine', async ({ spoor: { page } }) => {
  await zone(page, 'Kolkata', /^Asia\/(Kolkata|Calcutta)/)
  await expect(rows(page).first()).toContainText('2026-03-07 05:15:00')
  await zone(page, 'Local', /^Local/)
  await expect(page.getByRole('button', { name: /^Time zone/ })).toContainText('Local')
})
