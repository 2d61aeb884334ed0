import type { Page } from '@playwright/test'
import { chips, detail, notice, rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL statement' })
const result = (page: Page) => page.getByRole('grid', { name: 'Result' })
const cell = (page: Page, row: number, column: number) =>
  result(page).getByRole('rowgroup').getByRole('row').nth(row).getByRole('gridcell').nth(column)

async function write(page: Page, sql: string): Promise<void> {
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(sql)
  await page.keyboard.press('Escape')
}
async function run(page: Page, sql: string): Promise<void> {
  await write(page, sql)
  await page.keyboard.press('ControlOrMeta+Enter')
}

/** Takes what is offered first; the editor takes nothing that has not been there for a moment. */
async function take(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('option', { name }).first().waitFor()
  await page.waitForTimeout(150)
  await page.keyboard.press('Enter')
}

test('a statement is completed while it is written, and its rows can be walked through', async ({
  spoor: { page }
}) => {
  await turnTo(page, 'SQL')
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('SELECT user.na', { delay: 30 })
  await take(page, /^user\.name/)
  await page.keyboard.type(`, count(*) AS n FROM event WHERE "user.name" = 'bo`, { delay: 10 })
  await take(page, /^bob/)
  await page.keyboard.press('End')
  await page.keyboard.type(' GROUP BY ALL')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(cell(page, 0, 0)).toHaveText('bob')
  await expect(cell(page, 0, 1)).toHaveText('7')
  await expect(page.getByRole('main').getByRole('status')).toContainText('1 row in')
})

test('says where a statement goes wrong, and how it would be right', async ({ spoor: { page } }) => {
  await turnTo(page, 'SQL')
  await run(page, 'SELECT user.name, count(*) FROM event GROUP BY ALL')
  const fault = page.getByRole('alert')
  await expect(fault).toContainText('write "user.name"')
  await expect(editor(page)).toHaveAttribute('aria-invalid', 'true')
  await fault.getByRole('button', { name: '"user.name"' }).click()
  await expect(editor(page)).toHaveText(/^SELECT "user.name", count/)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(fault).toBeHidden()
  await expect(result(page)).toHaveAttribute('aria-colcount', '3')
})

test('refuses to write, and to read a file', async ({ spoor: { page, home } }) => {
  await turnTo(page, 'SQL')
  await run(page, 'DROP TABLE entry')
  await expect(page.getByRole('alert')).toContainText('only reading is allowed')
  await run(page, `SELECT * FROM '${home}/shift.spoor/custody.jsonl'`)
  await expect(page.getByRole('alert')).toContainText('no file is read')
  await expect(shown(page)).toHaveText('24 of 24 events')
})

test('a statement that never ends is cancelled by a button, and the next one runs', async ({ spoor: { page } }) => {
  await turnTo(page, 'SQL')
  await run(page, 'SELECT count(*) FROM range(100000000) a, range(100000000) b')
  const start = Date.now()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Cancelled')
  await run(page, 'SELECT count(*) FROM record')
  await expect(cell(page, 0, 0)).toHaveText('24')
  expect(Date.now() - start).toBeLessThan(5000)
})

test('shows so many rows and says that there are more', async ({ spoor: { page } }) => {
  await turnTo(page, 'SQL')
  await run(page, 'SELECT range AS n FROM range(2500)')
  const status = page.getByRole('main').getByRole('status')
  await expect(status).toContainText('The first 1,000 rows')
  await page.getByRole('button', { name: 'Load 10,000' }).click()
  await expect(status).toContainText('2,500 rows in')
  await result(page).focus()
  await page.keyboard.press('ControlOrMeta+End')
  await expect(result(page).getByRole('gridcell', { name: '2499' })).toBeVisible()
})

test('events that SQL found become the filter, as text that can be copied', async ({ spoor: { page } }) => {
  await turnTo(page, 'SQL')
  await run(page, `SELECT _id, "user.name" FROM event WHERE "event.action" LIKE 'login%' AND "user.name" = 'alice'`)
  await expect(cell(page, 0, 1)).toHaveText('alice')
  const found = Number(await result(page).getAttribute('aria-rowcount')) - 1
  await page.getByRole('button', { name: 'Use as filter' }).click()
  await page.getByRole('menuitem', { name: `Only these ${found} events` }).click()
  await expect(page.getByRole('grid', { name: 'Events' })).toBeVisible()
  await expect(shown(page)).toHaveText(`${found} of 24 events`)
  await expect(chips(page)).toHaveText([`${found} chosen events`])
})

test('a cell that is a value of a field has the menu of any value; one that is an event opens it', async ({
  spoor: { page }
}) => {
  await turnTo(page, 'SQL')
  await run(page, `SELECT _id, "user.name" FROM event WHERE "user.name" = 'carol' ORDER BY 1`)
  await result(page).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('+')
  await expect(shown(page)).toHaveText('2 of 24 events')
  await result(page).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(detail(page)).toContainText('carol')
  await expect(rows(page)).toHaveCount(2)
})

test('shows what each step of a statement took', async ({ spoor: { page } }) => {
  await turnTo(page, 'SQL')
  await write(page, 'SELECT "user.name", count(*) FROM event GROUP BY ALL')
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  const plan = page.getByRole('table', { name: 'How the statement was run' })
  await expect(plan.getByRole('row').filter({ hasText: 'Hash group by' })).toContainText('count_star()')
})

test('a statement is saved with the case and found again', async ({ spoor: { page } }) => {
  await turnTo(page, 'SQL')
  await run(page, 'SELECT count(*) AS records FROM record')
  await page.getByRole('button', { name: 'Statements' }).click()
  await page.getByRole('textbox', { name: 'Name of the statement' }).fill('How many records')
  await page.keyboard.press('Enter')
  await expect(notice(page, 'Saved “How many records” with the case')).toBeVisible()
  await run(page, 'SELECT 1')
  // The statement is still there when the case is opened again.
  await page.waitForTimeout(1200)
  await page.reload()
  await expect(editor(page)).toHaveText('SELECT 1')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('What do you want to do?').fill('how many rec')
  await page.keyboard.press('Enter')
  await expect(editor(page)).toHaveText('SELECT count(*) AS records FROM record')
})
