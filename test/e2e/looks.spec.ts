import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

const titles = ['Explore', 'Charts', 'Map', 'Evidence', 'SQL']

async function faults(page: Page): Promise<string[]> {
  // Legacy mode needs no second window, which Electron does not give.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`))
}

async function theme(page: Page, wanted: string): Promise<void> {
  const button = page.getByRole('button', { name: /^Theme:/ })
  while ((await button.getAttribute('aria-label')) !== `Theme: ${wanted}`) await button.click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', wanted)
}

for (const wanted of ['dark', 'light']) {
  test(`the welcome page is without fault by axe in ${wanted}`, async ({ spoor: { page } }) => {
    await theme(page, wanted)
    expect(await faults(page)).toEqual([])
  })

  test.describe('with a case', () => {
    test.use({ opens: 'shift' })
    test(`every page is without fault by axe in ${wanted}`, async ({ spoor: { page } }) => {
      await theme(page, wanted)
      for (const title of titles)
        await test.step(title, async () => {
          await turnTo(page, title)
          await expect(shown(page)).toHaveText('24 of 24 events')
          if (title === 'Explore') await rows(page).nth(2).click()
          await page.waitForTimeout(500)
          expect.soft(await faults(page), title).toEqual([])
        })
    })
  })
}

test.describe('by the keyboard', () => {
  test.use({ opens: 'shift' })

  test('? shows the keys, Escape puts them away, Ctrl K finds a command', async ({ spoor: { page } }) => {
    await expect(shown(page)).toHaveText('24 of 24 events')
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keys' })
    await expect(keys).toBeVisible()
    await expect(keys.getByText('User actions only')).toBeVisible()
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(keys).toBeHidden()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('What do you want to do?').fill('charts')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('figure', { name: 'Outcomes' })).toBeVisible()
    await page.keyboard.press('Alt+1')
    await expect(page.getByRole('grid', { name: 'Events' })).toBeVisible()
  })
})

test.describe('in a small window', () => {
  test.use({ opens: 'sample', viewport: { width: 1024, height: 700 } })

  test('no page is wider than the window', async ({ spoor: { page } }) => {
    await expect(shown(page)).toHaveText('4,371 of 4,371 events')
    for (const title of titles) {
      await turnTo(page, title)
      await page.waitForTimeout(400)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, title).toBeLessThanOrEqual(1024)
      await expect(page.getByRole('navigation', { name: 'Pages' })).toBeInViewport({ ratio: 1 })
      await expect(page.getByRole('contentinfo')).toBeInViewport({ ratio: 1 })
    }
  })
})
