import { shown, turnTo } from './parts'
import { expect, fixture, test } from './spoor'

test('shows markup and scripts in a log as the text they are, on every page', async ({ spoor }) => {
  const { page } = spoor
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await spoor.choose(() => page.getByRole('button', { name: /^Open a log/ }).click(), fixture('hostile.ndjson'))
  await expect(shown(page)).toHaveText('2 of 2 events')
  await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible()
  const rows = page.getByRole('grid').getByRole('row')
  await rows.nth(1).click()
  await expect(page.getByText('onerror=alert(7)').first()).toBeVisible()
  for (const title of ['Charts', 'Map', 'Evidence', 'SQL', 'Explore']) {
    await turnTo(page, title)
    await page.waitForTimeout(300)
  }
  expect(dialogs).toEqual([])
  expect(await page.locator('img[src="x"], img[src="y"], svg[onload]').count()).toBe(0)
})

test('lets nothing out: the page can reach no other address', async ({ spoor }) => {
  const reached = await spoor.page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused'
    )
  )
  expect(reached).toBe('refused')
  // The refusal is the page's policy speaking, which is what is asked for here.
  expect(spoor.problems.splice(0).join(' ')).toContain('Content Security Policy')
})

test('opens once by its address, and then only for the window that has the cookie', async ({ spoor, browser }) => {
  test.skip(spoor.host === 'electron', 'The desktop shell has no address.')
  const origin = new URL(spoor.page.url()).origin
  const stranger = await browser.newContext()
  try {
    const without = await stranger.request.get(`${origin}/`)
    expect(without.status()).toBe(401)
    const guessed = await stranger.request.get(`${origin}/?token=${'A'.repeat(43)}`)
    expect(guessed.status()).toBe(401)
    const renamed = await stranger.request.get(`${origin}/`, { headers: { Host: 'rebound.example.com' } })
    expect(renamed.status()).toBe(421)
  } finally {
    await stranger.close()
  }
})
