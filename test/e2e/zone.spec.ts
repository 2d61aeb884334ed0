import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { notice, query, rows, shown, turnTo } from './parts'
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

test('times that carry no zone are said so, and read in the one that is chosen', async ({ spoor: { page, drop } }) => {
  const log = join(mkdtempSync(join(tmpdir(), 'spoor-e2e-zone-')), 'doors.csv')
  writeFileSync(
    log,
    'time,user,action,ip\n2026-07-09 09:41:07,ada,login,203.0.113.9\n2026-07-09 09:41:08,kim,login,203.0.113.9\n'
  )
  await expect(shown(page)).toHaveText('24 of 24 events')
  await drop(log)
  await expect(notice(page, /^Imported 1 file/)).toContainText('doors.csv: times carry no zone, read as UTC.')
  await expect(rows(page).first()).toContainText('2026-07-09 09:41:08')
  await turnTo(page, 'Evidence')
  await page.getByRole('button', { name: 'doors.csv', exact: true }).click()
  const zone = page.getByLabel('carry no zone, read as')
  await expect(zone).toHaveValue('UTC')
  await zone.selectOption('Europe/Berlin')
  await expect(notice(page, 'Read doors.csv again')).toBeVisible()
  await page.getByRole('button', { name: 'doors.csv', exact: true }).click()
  await expect(page.getByLabel('carry no zone, read as')).toHaveValue('Europe/Berlin')
  await expect(page.getByText('times carry no zone; read as Europe/Berlin, as asked')).toBeVisible()
  await turnTo(page, 'Explore')
  await expect(rows(page).first()).toContainText('2026-07-09 07:41:08')
})
