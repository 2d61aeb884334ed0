import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { detail, query, rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

const titles = ['Explore', 'Charts', 'Map', 'Compare', 'Evidence', 'Coverage', 'Connect', 'Sources', 'SQL']

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
          if (title === 'Explore') {
            await rows(page).nth(2).click()
            await page.keyboard.press('r')
            await expect(page.getByRole('region', { name: 'Around the event' })).toBeVisible()
          }
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

test.describe('every key', () => {
  test.use({ opens: 'shift' })

  test('means one thing at a time, on each page', async ({ spoor: { page } }) => {
    for (const title of titles) {
      await turnTo(page, title)
      if (title === 'Explore') await rows(page).nth(2).click()
      await page.waitForTimeout(300)
      await page.keyboard.press('?')
      const keys = page.getByRole('dialog', { name: 'Keys' })
      const pressed = await keys.locator('div:not([data-idle]) > dd kbd').allTextContents()
      expect(
        pressed.filter((key, at) => pressed.indexOf(key) !== at),
        title
      ).toEqual([])
      await page.keyboard.press('Escape')
    }
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
  test('no circle of the map lies behind its legend or its tools', async ({ spoor: { page } }) => {
    await query(page).fill('source.geo.city_name:("Sao Paulo" or Hamburg)')
    await page.keyboard.press('Enter')
    await turnTo(page, 'Map')
    const circles = page.locator('.leaflet-marker-icon')
    await expect(circles).toHaveCount(2)
    const panels = [page.getByRole('region', { name: 'Legend' }), page.getByRole('toolbar', { name: 'Map view' })]
    for (const circle of await circles.all())
      for (const panel of panels) expect(await overlap(circle, panel)).toBe(false)
  })

  test('no name is cut in the table, and no column of the ledger', async ({ spoor: { page } }) => {
    for (const width of [1024, 1440]) {
      await page.setViewportSize({ width, height: 700 })
      await turnTo(page, 'Explore')
      await rows(page).nth(2).click()
      await expect(detail(page)).toBeVisible()
      // No name and no action is cut while a column that can be spared is there, and none of usual length at all.
      const cells = page.locator(
        '[role=gridcell] [data-field="user.name"], [role=gridcell] [data-field="event.action"]'
      )
      const cut = await cells.evaluateAll((each) =>
        each.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent)
      )
      expect(
        cut.filter((text) => text.length < (width === 1440 ? 34 : 20)),
        `cut at ${width}`
      ).toEqual([])
      await expect(page.getByRole('button', { name: /^Columns\. No room for: .*From, Source/ })).toBeVisible()
      await turnTo(page, 'Evidence')
      const ledger = page.getByRole('table').first()
      const [inner, outer] = await ledger.evaluate((table) => [
        table.scrollWidth,
        table.parentElement?.clientWidth ?? 0
      ])
      expect(inner, `the ledger at ${width}`).toBeLessThanOrEqual(outer)
    }
  })
})

async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()]
  if (!a || !b) throw new Error('not to be seen')
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
