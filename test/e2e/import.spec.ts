import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { zip } from '../engine/archives'
import { notice, shown, turnTo } from './parts'
import { expect, fixture, root, test } from './spoor'

/** The ledger as it reads: for each file its name, source, records, events, undated, unreadable, blank, duplicates, conflicts. */
const ledger = (page: Page) =>
  page
    .getByRole('table')
    .first()
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.slice(1).map((row) =>
        [...row.querySelectorAll('td')]
          .slice(0, 9)
          .map((cell) => cell.textContent?.trim())
          .join(' ')
      )
    )

test('takes a file that is dropped on the window', async ({ spoor }) => {
  const { page } = spoor
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(fixture('shift.json'))
  await expect(shown(page)).toHaveText('24 of 24 events')
  await expect(notice(page, 'Imported 1 file')).toContainText('24 records = 24 events')
  await expect(page.getByRole('button', { name: 'Case shift' })).toBeVisible()
})

test('takes an archive that is dropped on the window: each of its files has books of its own', async ({ spoor }) => {
  const { page } = spoor
  const event = (n: number) => ({
    eventVersion: '1.08',
    eventTime: new Date(Date.UTC(2026, 2, 9) + n * 1000).toISOString(),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    eventID: `e-${n}`,
    userIdentity: { type: 'IAMUser', userName: 'ada' }
  })
  const members = Array.from({ length: 600 }, (_, n) => ({
    name: `AWSLogs/${String(n).padStart(3, '0')}.json.gz`,
    bytes: gzipSync(JSON.stringify({ Records: [event(2 * n), event(2 * n + 1)] }))
  }))
  const path = join(spoor.home, 'bucket.zip')
  writeFileSync(path, zip(members))
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(path)
  await expect(shown(page)).toHaveText('1,200 of 1,200 events')
  await expect(notice(page, 'Imported 600 files')).toContainText('1,200 records = 1,200 events')
  await turnTo(page, 'Evidence')
  const books = page.getByRole('table').first()
  await expect(books).toHaveAttribute('aria-rowcount', '601')
  await expect(books.getByRole('row').nth(1)).toContainText('bucket.zip › AWSLogs/000.json.gz')
  // Those out of sight are not drawn, and can be reached.
  expect(await books.getByRole('row').count()).toBeLessThan(100)
  await books.evaluate((table) => table.parentElement?.scrollTo(0, table.parentElement.scrollHeight))
  const last = books.getByRole('button', { name: 'bucket.zip › AWSLogs/599.json.gz' })
  await last.click()
  await expect(page.getByRole('heading', { name: 'bucket.zip › AWSLogs/599.json.gz' })).toBeVisible()
})

test('leaves no case behind when all that was dropped is refused', async ({ spoor }) => {
  const { page } = spoor
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(join(root, 'build/icon.png'))
  await expect(notice(page, 'File refused')).toContainText('icon.png')
  await expect(page.getByText('None yet.')).toBeVisible()
  expect(readdirSync(join(spoor.home, 'cases'))).toEqual([])
})

test('takes files chosen in a dialog, into the case that is open', async ({ spoor }) => {
  const { page } = spoor
  await spoor.choose(() => page.getByRole('button', { name: /^Open a log/ }).click(), fixture('shift.json'))
  await expect(shown(page)).toHaveText('24 of 24 events')
  await turnTo(page, 'Evidence')
  await spoor.choose(
    () => page.getByRole('button', { name: 'Import logs…' }).click(),
    fixture('products/unkey.json'),
    fixture('products/cloudtrail.json')
  )
  await expect(shown(page)).toHaveText('30 of 30 events')
  await expect(page.getByText('✓ balances')).toBeVisible()
})

test('takes a folder, and recognises each product in it without being asked', async ({ spoor }) => {
  const { page } = spoor
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(fixture('products'))
  await expect(page.getByRole('contentinfo')).toContainText('14 sources')
  await turnTo(page, 'Evidence')
  await expect(page.getByRole('heading', { name: 'Evidence' })).toBeVisible()
  await expect(page.getByText('✓ balances')).toBeVisible()
  const lines = await ledger(page)
  expect(lines.toSorted()).toEqual([
    'asgardeo-audit.json asgardeo 3 3 0 0 0 0 0',
    'asgardeo-legacy.log asgardeo.legacy 3 0 3 0 0 0 0',
    'asgardeo-tokens.json asgardeo.diagnostic 3 3 0 0 0 0 0',
    'authentik-export.csv authentik.csv 3 3 0 0 0 0 0',
    'authentik-page.json authentik 3 3 0 0 0 0 0',
    'cloudtrail.json aws.cloudtrail 3 3 0 0 0 0 0',
    expect.stringMatching(/^door-access\.csv \S+ 3 3 0 0 0 0 0$/),
    'hub-keycloak-ecs.json authorization-hub.ecs 3 3 0 0 0 0 0',
    'hub.log authorization-hub 3 3 0 0 0 0 0',
    'keycloak-admin-events.json keycloak.admin 3 3 0 0 0 0 0',
    'keycloak-user-events.json keycloak.user 3 3 0 0 0 0 0',
    'skycloak-events.json skycloak 3 3 0 0 0 0 0',
    expect.stringMatching(/^skycloak-workspace\.csv \S+ 3 3 0 0 0 0 0$/),
    'unkey.json unkey 3 3 0 0 0 0 0'
  ])
  expect(readdirSync(fixture('products'))).toHaveLength(14)
})

test('says what it guessed of a table that no source knows', async ({ spoor }) => {
  const { page } = spoor
  await spoor.choose(
    () => page.getByRole('button', { name: /^Open a log/ }).click(),
    fixture('products/door-access.csv')
  )
  await expect(shown(page)).toHaveText('3 of 3 events')
  await turnTo(page, 'Evidence')
  const guessed = page.getByRole('definition').filter({ hasText: '@timestamp' })
  for (const part of ['when', 'who', 'action', 'ip', 'result']) await expect(guessed).toContainText(part)
})

test('keeps the books of the sample: what is no event can be opened, duplicates are kept and not shown twice', async ({
  spoor
}) => {
  const { page } = spoor
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(join(root, 'resources/samples/authentik'), join(root, 'resources/samples/authorization-hub'))
  await expect(notice(page, 'Imported 11 files')).toContainText('1,211 records = 1,209 events + 1 unreadable + 1 blank')
  await expect(notice(page, 'Imported 11 files')).toContainText('7 duplicates kept, not shown twice.')
  await expect(notice(page, 'Imported 11 files')).toContainText('share an id with different content')
  await page.getByRole('contentinfo').getByRole('button', { name: '1 unreadable' }).click()
  await page.getByRole('button', { name: 'hub-audit.log' }).click()
  const record = page.getByRole('region', { name: 'hub-audit.log' }).getByRole('listitem')
  await expect(record).toContainText('{"operation":')
  await expect(record).toContainText(/Record \d+/)
  await page.getByRole('button', { name: 'Verify everything' }).click()
  await expect(page.getByText('✓ Everything is as it was')).toBeVisible()
})

test('takes the same file once, however often it is given', async ({ spoor }) => {
  const { page } = spoor
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(fixture('shift.json'))
  await expect(shown(page)).toHaveText('24 of 24 events')
  await notice(page, 'Imported 1 file').getByRole('button', { name: 'Put away' }).click()
  await spoor.drop(fixture('shift.json'))
  await expect(page.getByRole('region', { name: 'Notices' }).locator('article')).toBeVisible()
  await expect(shown(page)).toHaveText('24 of 24 events')
  await turnTo(page, 'Evidence')
  expect(await ledger(page)).toEqual(['shift.json authentik 24 24 0 0 0 0 0'])
})
