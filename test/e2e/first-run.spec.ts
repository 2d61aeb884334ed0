import { notice, query, rows, shown, turnTo } from './parts'
import { expect, fixture, test } from './spoor'

test('welcomes with what it is, a way to begin and what it reads', async ({ spoor: { page } }) => {
  await expect(page.getByRole('heading', { name: 'Spoor' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the sample case' })).toBeVisible()
  await expect(page.getByText('None yet.')).toBeVisible()
  const reads = page.getByRole('region', { name: 'Reads' })
  for (const product of ['authentik', 'Keycloak', 'Skycloak', 'Authorization Hub', 'Asgardeo', 'Unkey', 'CloudTrail'])
    await expect(reads).toContainText(product)
})

test('opens the sample case, in which every page has something to show', async ({ spoor: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample case' }).click()
  // One and twenty files are read first.
  await expect(shown(page)).toHaveText('4,371 of 4,371 events', { timeout: 30_000 })
  await expect(page.getByRole('contentinfo')).toContainText('1 unreadable')
  await expect(page.getByRole('contentinfo')).toContainText('26 undated')
  await query(page).fill('resource.name:metrics-export')
  await expect(rows(page).first()).toContainText('metrics-export')
})

test('lists the case among the recent ones when it is closed, and opens it again', async ({ spoor }) => {
  const { page } = spoor
  await spoor.choose(() => page.getByRole('button', { name: /^Open a log/ }).click(), fixture('shift.json'))
  await expect(shown(page)).toHaveText('24 of 24 events')
  await page.getByRole('button', { name: 'Case shift' }).click()
  await page.getByRole('menuitem', { name: 'Close the case' }).click()
  const recent = page.getByRole('region', { name: 'Recent cases' }).getByRole('listitem')
  await expect(recent).toHaveCount(1)
  await recent.getByRole('button', { name: /^shift 24 events/ }).click()
  await expect(shown(page)).toHaveText('24 of 24 events')
  await turnTo(page, 'Evidence')
  await expect(page.getByText('shift.json').first()).toBeVisible()
  await expect(notice(page, /./)).toHaveCount(0)
})
