import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { chips, facetValue, query, shown, turnTo } from './parts'
import { expect, spoorCommand, test } from './spoor'

test.use({ opens: 'shift', permissions: ['clipboard-read', 'clipboard-write'] })
test.skip(({ host }) => host === 'electron', 'The clipboard of the desktop shell is the system’s own.')

const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text)
  await query(page).focus()
  await page.keyboard.press('ControlOrMeta+v')
}

/** Copies what is on screen as text, and gives what the command line finds with it. */
async function carried(page: Page, caseOf: (name: 'shift') => Promise<string>, home: string) {
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await page.getByRole('button', { name: /^Copy the whole filter/ }).click()
  await expect.poll(() => copied(page)).not.toBe('')
  const text = await copied(page)
  const folder = await caseOf('shift')
  const { stdout } = await spoorCommand(join(home, 'cli'), 'search', text, '--case', folder, '--json')
  return { text, total: JSON.parse(stdout).total as number }
}

test('what is on screen can be copied and searched for on the command line', async ({
  spoor: { page, home },
  caseOf
}) => {
  test.setTimeout(120_000)
  const clear = () => page.getByRole('button', { name: 'Clear the filter' }).click()
  const world = page.getByRole('application', { name: /^World map/ })
  const ways: readonly (readonly [what: string, choose: () => Promise<void>, count: number, text: RegExp])[] = [
    ['a facet', () => facetValue(page, 'User', 'bob').click(), 7, /^user\.name=bob$/],
    [
      'a cell of the heat map',
      async () => {
        await turnTo(page, 'Charts')
        const hours = page.getByRole('figure', { name: 'Hour and weekday', exact: true })
        await hours.getByRole('button', { name: 'Show the numbers' }).click()
        const wednesday = page.getByRole('row', { name: /^Wednesday/ })
        await wednesday.getByRole('button', { name: '4', exact: true }).click()
      },
      4,
      /^every wednesday at \d+ in UTC$/
    ],
    [
      'a circle on the map',
      async () => {
        await turnTo(page, 'Map')
        await world.locator('.leaflet-marker-icon').filter({ hasText: /^4$/ }).click()
      },
      4,
      /^source\.geo\.location:\[/
    ]
  ]
  for (const [what, choose, count, form] of ways)
    await test.step(what, async () => {
      await choose()
      await expect(shown(page)).toHaveText(`${count} of 24 events`)
      const { text, total } = await carried(page, caseOf, home)
      expect(text).toMatch(form)
      expect(total).toBe(count)
      await clear()
      await expect(shown(page)).toHaveText('24 of 24 events')
      // Pasted into the box it is the same again.
      await paste(page, text)
      await expect(shown(page)).toHaveText(`${count} of 24 events`)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Clear the query' }).click()
      await expect(shown(page)).toHaveText('24 of 24 events')
    })
})

test('text, chip, range of time and user actions are copied as one, and mean the same where UTC is shown', async ({
  spoor: { page, home },
  caseOf
}) => {
  await page.getByRole('button', { name: /^Time zone/ }).click()
  await page.getByPlaceholder(/^Find a zone/).fill('Tokyo')
  await page.getByRole('option', { name: /^Asia\/Tokyo/ }).click()
  await query(page).fill('@timestamp:[2026-03-03 TO 2026-03-05] and -user.name:carol')
  await query(page).press('Enter')
  await facetValue(page, 'Outcome', 'failure').click()
  await page.getByRole('button', { name: /^User actions only/ }).click()
  await expect(chips(page)).toHaveCount(1)
  await expect(shown(page)).not.toHaveText('24 of 24 events')
  const { text, total } = await carried(page, caseOf, home)
  expect(text).toContain('@timestamp:[2026-03-02T15:00Z TO 2026-03-05T15:00Z}')
  await expect(shown(page)).toHaveText(`${total} of 24 events`)
})

test('a pasted list becomes values of a field: as text where it is short, as a chip where it is long', async ({
  spoor: { page }
}) => {
  await paste(page, 'bob\ncarol\nnobody')
  const offer = page.getByRole('option', { name: /^User is one of these 3 values\s*9 events/ })
  await expect(offer).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(query(page)).toHaveText('user.name:(bob or carol or nobody)')
  await expect(shown(page)).toHaveText('9 of 24 events')
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('Enter')
  await expect(shown(page)).toHaveText('24 of 24 events')
  const many = Array.from({ length: 10_000 }, (_, n) => `user${n}@example.com`)
  await paste(page, [...many, 'alice@example.com'].join('\n'))
  await page
    .getByRole('option', { name: /one of these 10,001 e-mail addresses/ })
    .first()
    .click()
  await expect(chips(page)).toHaveText([/9,998 more/])
  await expect(query(page)).toHaveText('')
})

test('offers what the records of the case have, and says of a path that none has it', async ({ spoor: { page } }) => {
  await query(page).pressSequentially('record.context.usern')
  await page.getByRole('option', { name: /^record\.context\.username/ }).click()
  await expect(query(page)).toHaveText('record.context.username:')
  await page.getByRole('option', { name: /^bob .* looked at$/ }).click()
  await expect(shown(page)).toHaveText('4 of 24 events')
  await query(page).fill('record.context.usrname:bob')
  const told = page.getByText(/^None of the \d+ records looked at has record\.context\.usrname/)
  await expect(told).toBeVisible()
  await told.getByRole('button', { name: 'record.context.username' }).click()
  await expect(shown(page)).toHaveText('4 of 24 events')
})

test('grows with its text, says what it finds, and is one line again when left', async ({ spoor: { page } }) => {
  const box = query(page)
  const line = (await box.boundingBox())?.height ?? 0
  await box.fill(`user.name:(${Array.from({ length: 30 }, (_, n) => `someone${n}`).join(' or ')} or alice)`)
  await expect(page.getByText(/^Finds: User is someone0 or someone1 /)).toBeVisible()
  expect((await box.boundingBox())?.height).toBeGreaterThan(2 * line)
  await box.press('Home')
  await box.press('ArrowUp')
  await box.press('Enter')
  await expect(shown(page)).toHaveText('12 of 24 events')
  await expect(page.getByText(/^Finds:/)).toBeHidden()
  await box.press('Escape')
  expect((await box.boundingBox())?.height).toBe(line)
})

test('keeps to what an input method composes, and can be written over two lines', async ({ spoor: { page } }) => {
  const box = query(page)
  await box.focus()
  const input = await page.context().newCDPSession(page)
  await input.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 })
  await input.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  await input.send('Input.insertText', { text: '日本' })
  await expect(box).toHaveText('日本')
  await box.press('Shift+Enter')
  await page.keyboard.type('or user.name:bob')
  await box.press('Enter')
  await expect(shown(page)).toHaveText('7 of 24 events')
  expect(await box.evaluate((element) => element.textContent)).toBe('日本\nor user.name:bob')
})

test('tells by examples how a query is written, each to be tried', async ({ spoor: { page } }) => {
  await expect(shown(page)).toHaveText('24 of 24 events')
  await page.keyboard.press('ControlOrMeta+/')
  const help = page.getByRole('dialog', { name: 'How to write a query' })
  await expect(help).toBeVisible()
  await help.getByRole('button', { name: /^user\.name:alice / }).click()
  await expect(help).toBeHidden()
  await expect(shown(page)).toHaveText('12 of 24 events')
})
