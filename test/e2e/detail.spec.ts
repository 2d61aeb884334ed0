import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { chips, detail, facetValue, query, rows, shown } from './parts'
import { expect, fixture, test } from './spoor'

test.use({ opens: 'shift', permissions: ['clipboard-read', 'clipboard-write'] })

const open = async (page: Page, text: string): Promise<void> => {
  await query(page).fill(text)
  await expect(shown(page)).toHaveText('1 of 24 events')
  await rows(page).first().click()
  await expect(detail(page)).toBeVisible()
}
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

test('reads as a sentence, with its fields in groups and where each comes from', async ({ spoor: { page } }) => {
  await open(page, 'Marlow')
  await expect(detail(page).getByRole('heading', { level: 2 })).toHaveText(
    /alice\s+did\s+model_updated\s+on user\s+bob\s+from\s+91\.32\.232\.199\s+\(Hamburg, Germany\)/
  )
  for (const group of ['What', 'Who', 'Target', 'Where', 'Request'])
    await expect(detail(page).getByRole('heading', { name: group, exact: true })).toBeVisible()
  await detail(page).getByRole('button', { name: 'Show where each value comes from' }).click()
  await expect(detail(page).getByRole('region', { name: 'Where' })).toContainText('client_ip')
})

test('shows what changed field by field, unchanged fields folded, unified and side by side', async ({
  spoor: { page }
}) => {
  await open(page, 'Marlow')
  const change = detail(page).getByRole('region', { name: 'Change', exact: true })
  await expect(change).toContainText('~ 2 changed · 1 unchanged')
  await expect(change).toContainText('Before and after are both in the log.')
  const fields = change.getByRole('list', { name: 'Changed fields' }).getByRole('listitem')
  await expect(fields.filter({ hasText: 'email' })).toHaveText(/bob@old\.example\.com.*bob@example\.com/)
  await expect(fields.filter({ hasText: 'name' }).first()).toContainText('Bob Marlow')
  await change.getByRole('button', { name: '1 unchanged field' }).click()
  await expect(fields.filter({ hasText: 'is_active' })).toBeVisible()
  await change.getByRole('button', { name: 'Side by side' }).click()
  await expect(change.getByText('Before', { exact: true })).toBeVisible()
  await expect(change.getByText('After', { exact: true })).toBeVisible()
})

test('marks the words that differ in a long text', async ({ spoor: { page } }) => {
  await open(page, 'event.action:model_updated resource.type:expressionpolicy')
  const change = detail(page).getByRole('region', { name: 'Change', exact: true })
  await expect(change.locator('ins')).toContainText('ap-southeast-1')
  await expect(change).not.toContainText('− ')
})

test('never compares what is masked, and shows a logged null as the value it is', async ({ spoor: { page } }) => {
  await open(page, 'event.action:model_created')
  const change = detail(page).getByRole('region', { name: 'Change', exact: true })
  await expect(change.getByRole('listitem').filter({ hasText: 'key' }).filter({ hasText: 'masked' })).toBeVisible()
  await expect(change.getByRole('listitem').filter({ hasText: 'identifier' })).toHaveText(
    /before: \s*null.*after: \s*deploy key/
  )
})

test('shows the record as a tree and as it was logged, and copies it to the byte', async ({ spoor }) => {
  const { page, host } = spoor
  test.skip(host === 'electron', 'The clipboard of the desktop shell is the system’s own.')
  await open(page, 'Marlow')
  const record = detail(page).getByRole('region', { name: 'Record', exact: true })
  await record.getByRole('button', { name: 'Tree' }).click()
  await expect(record.getByRole('treeitem', { name: /client_ip/ })).toContainText('91.32.232.199')
  await record.getByRole('textbox', { name: 'Find in the record' }).fill('Marlow')
  await expect(record.getByRole('treeitem', { name: /new_value.*Bob Marlow/ })).toBeVisible()
  await record.getByRole('button', { name: 'As logged' }).click()
  await expect(record.getByRole('textbox', { name: 'Record as logged' })).toHaveValue(/"previous_value": ?"Bob"/)
  await record.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(/Copied/i)
  const text = await copied(page)
  const place = detail(page).getByRole('region', { name: 'Place in the evidence' })
  await expect(place).toContainText('shift.json')
  await place.getByRole('button', { name: 'Copy the place' }).click()
  await expect
    .poll(() => copied(page))
    .toMatch(/^shift\.json sha256:[0-9a-f]{64} record 6 line \d+ offset \d+ length \d+$/)
  const [offset = 0, length = 0] = [...(await copied(page)).matchAll(/(?:offset|length) (\d+)/g)].map(([, n]) =>
    Number(n)
  )
  const bytes = readFileSync(fixture('shift.json')).subarray(offset, offset + length)
  expect(text).toBe(bytes.toString('utf8'))
  expect(JSON.parse(text).context.diff.name.new_value).toBe('Bob Marlow')
})

test('an object in the record is there or not: it is no value to ask for', async ({ spoor: { page } }) => {
  await open(page, 'Marlow')
  const record = detail(page).getByRole('region', { name: 'Record', exact: true })
  await record.getByRole('button', { name: 'Tree' }).click()
  await record.getByRole('treeitem', { name: /^diff/ }).click({ button: 'right' })
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem')).toHaveText([
    /Only events that have it/,
    /Only events without it/,
    /Copy path/,
    /Copy value/,
    /Copy as filter/
  ])
  await menu.getByRole('menuitem', { name: 'Only events that have it' }).click()
  await query(page).fill('')
  await expect(shown(page)).toHaveText('3 of 24 events')
})

test('downloads the record', async ({ spoor }) => {
  const { page, host } = spoor
  test.skip(host === 'electron', 'The desktop shell asks where to save.')
  await open(page, 'Marlow')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    detail(page).getByRole('region', { name: 'Record', exact: true }).getByRole('button', { name: 'Download' }).click()
  ])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8')).pk).toBe('00000000-0000-4000-8000-000000000006')
})

test('an event that the filter hides says so, and what hides it can be cleared', async ({ spoor: { page } }) => {
  await rows(page).filter({ hasText: 'alice' }).first().click()
  const note = detail(page).getByRole('status', { name: 'Whether the filter hides this event' })
  await expect(detail(page)).toBeVisible()
  await expect(note).toBeEmpty()
  await facetValue(page, 'User', 'bob').click()
  await expect(note).toContainText('This event is not among those listed: the filter “user: bob” hides it.')
  // What the keys copy is the event that is read, though no row of the table is it.
  await page.getByRole('grid', { name: 'Events' }).focus()
  await page.keyboard.press('Shift+C')
  await expect.poll(async () => (await copied(page)).includes('"user.name": "alice"')).toBe(true)
  await query(page).fill('carol')
  await expect(note).toContainText('the filter “user: bob” and the search text hide it.')
  await note.getByRole('button', { name: 'Clear both' }).click()
  await expect(note).toBeEmpty()
  await expect(chips(page)).toHaveCount(0)
  await expect(shown(page)).toHaveText('24 of 24 events')
})
