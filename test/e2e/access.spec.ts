import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { detail, query, rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'sample' })

const events = (page: Page) => page.getByRole('grid', { name: 'Events', exact: true })

async function runSql(page: Page, sql: string, keys = 'ControlOrMeta+Enter'): Promise<void> {
  await page.getByRole('textbox', { name: 'SQL statement' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(sql)
  await page.keyboard.press('Escape')
  await page.keyboard.press(keys)
}

/** What a page can look like beside how it begins: each is come to from the one before. */
const states: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  [
    'a change, side by side',
    async (page) => {
      await query(page).fill('change.fields:* event.dataset:authentik')
      await page.keyboard.press('Enter')
      await expect(shown(page)).not.toHaveText('4,371 of 4,371 events')
      await rows(page).nth(2).click()
      await detail(page)
        .getByRole('button', { name: 'Side by side' })
        .or(detail(page).getByRole('radio', { name: 'Side by side' }))
        .click()
    }
  ],
  [
    'what happened around an event',
    async (page) => {
      await events(page).focus()
      await page.keyboard.press('r')
      await page.waitForTimeout(1500)
    }
  ],
  [
    'events picked, one starred and tagged',
    async (page) => {
      await events(page).focus()
      await page.keyboard.press('m')
      await page.keyboard.press('Shift+j')
      await page.keyboard.press('Shift+j')
      await page.keyboard.press('Shift+m')
      await page.getByRole('dialog').waitFor()
    }
  ],
  [
    'the menu of a value',
    async (page) => {
      await page.keyboard.press('Escape')
      await rows(page).nth(1).getByRole('gridcell').nth(2).click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    }
  ],
  [
    'what a query could go on with',
    async (page) => {
      await page.keyboard.press('Escape')
      await query(page).fill('')
      await query(page).pressSequentially('user.name:m')
      await page.getByRole('option').first().waitFor()
    }
  ],
  [
    'a query that is wrong',
    async (page) => {
      await query(page).fill('user.nmae:x')
      await page.getByRole('alert').waitFor()
    }
  ],
  [
    'nothing found',
    async (page) => {
      await query(page).fill('user.name:nobody-at-all')
      await page.keyboard.press('Enter')
      await page.getByText('No events pass the filter').waitFor()
    }
  ],
  [
    'nothing found, on the map',
    async (page) => {
      await turnTo(page, 'Map')
      await page.getByText('No events pass the filter').waitFor()
    }
  ],
  [
    'a comparison',
    async (page) => {
      await query(page).fill('')
      await page.keyboard.press('Enter')
      await turnTo(page, 'Compare')
      await page.getByRole('button', { name: 'The last 7 days with those before' }).click()
      await page.waitForTimeout(2000)
    }
  ],
  [
    'the charts as numbers',
    async (page) => {
      await turnTo(page, 'Charts')
      const buttons = page.getByRole('button', { name: 'Show the numbers' })
      await expect(buttons).toHaveCount(6)
      for (let left = 6; left > 0; left--) await buttons.first().click()
      await expect(page.getByRole('main').getByRole('table')).toHaveCount(6)
    }
  ],
  [
    'the bytes of a file',
    async (page) => {
      await turnTo(page, 'Evidence')
      await page.getByRole('button', { name: 'Look into the file' }).click()
      await page.getByRole('dialog').getByText('Bytes', { exact: true }).click()
      await page.waitForTimeout(500)
    }
  ],
  [
    'the mapping of a source',
    async (page) => {
      await page.keyboard.press('Escape')
      await turnTo(page, 'Sources')
      await page.getByRole('button', { name: 'Edit keycloak.admin' }).click()
      await page.getByText('everything converted').waitFor()
    }
  ],
  [
    'rows of SQL, some marked',
    async (page) => {
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await turnTo(page, 'SQL')
      await runSql(page, 'SELECT _id, "user.name", labels FROM event LIMIT 50')
      await page.getByRole('grid', { name: 'Result' }).focus()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowRight')
    }
  ],
  [
    'the statements',
    async (page) => {
      await page.getByRole('button', { name: 'Statements' }).click()
      await page.getByRole('dialog', { name: 'Statements' }).waitFor()
    }
  ],
  [
    'what SQL could go on with',
    async (page) => {
      await page.keyboard.press('Escape')
      await page.getByRole('textbox', { name: 'SQL statement' }).focus()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('SELECT user.n', { delay: 20 })
      await page.getByRole('option').first().waitFor()
    }
  ],
  [
    'a statement that is wrong',
    async (page) => {
      await runSql(page, 'SELECT user.name FROM event')
      await page.getByRole('alert').waitFor()
    }
  ],
  [
    'the plan of a statement',
    async (page) => {
      await runSql(page, 'SELECT "user.name", count(*) FROM event GROUP BY ALL', 'ControlOrMeta+Shift+Enter')
      await page.getByRole('table', { name: 'How the statement was run' }).waitFor()
    }
  ],
  [
    'the palette, with fields',
    async (page) => {
      await page.keyboard.press('ControlOrMeta+k')
      await page.keyboard.type('user')
      await page
        .getByRole('option', { name: /^Search by user/ })
        .first()
        .waitFor()
    }
  ],
  [
    'the searches',
    async (page) => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Alt+s')
      await page.getByRole('dialog', { name: 'Searches' }).waitFor()
    }
  ]
]

for (const theme of ['dark', 'light']) {
  test(`every state is without fault by axe in ${theme}`, async ({ spoor: { page } }) => {
    test.setTimeout(240_000)
    await expect(shown(page)).toHaveText('4,371 of 4,371 events')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type(`${theme} theme`)
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    for (const [state, come] of states)
      await test.step(state, async () => {
        await come(page)
        await page.mouse.move(720, 895)
        await page.waitForTimeout(400)
        // A menu floats above the parts of the window and belongs to none.
        const axe = new AxeBuilder({ page }).setLegacyMode(true).disableRules(['region'])
        const { violations } = await axe.analyze()
        const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
        expect.soft(faults, state).toEqual([])
      })
  })
}
