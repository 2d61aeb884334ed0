import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { notice, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

/** A log of 400,000 events, large enough to be canceled in the midst. */
function large(path: string): string {
  const file = openSync(path, 'w')
  for (let block = 0; block < 400; block++) {
    const lines = Array.from({ length: 1000 }, (_, n) => {
      const number = block * 1000 + n
      const second = String(number % 60).padStart(2, '0')
      return `{"pk":"${number}","user":{"pk":5,"email":"a@example.com","username":"user${number % 977}"},"action":"login","app":"authentik.events.signals","context":{"note":"${'x'.repeat(200)}"},"client_ip":"91.32.232.199","created":"2026-03-02T08:00:${second}Z","expires":"2027-03-02T08:00:00Z"}\n`
    })
    writeSync(file, lines.join(''))
  }
  closeSync(file)
  return path
}

test('a canceled import leaves nothing behind, and the window answers meanwhile', async ({ spoor }) => {
  const { page, home } = spoor
  await expect(shown(page)).toHaveText('24 of 24 events')
  await spoor.drop(large(join(home, 'large.ndjson')))
  const strip = page.getByRole('region', { name: 'Import', exact: true })
  await expect(strip).toContainText(/Importing large\.ndjson/, { timeout: 20_000 })
  await expect(strip.getByRole('progressbar')).toBeVisible()
  await expect(strip).toContainText(/MiB of .*MiB/)
  // What has come so far can be explored.
  await expect(page.getByRole('contentinfo')).toContainText(/still importing: [\d,]+ so far/, { timeout: 20_000 })
  await expect(shown(page)).toHaveText(/^[1-9]\d{1,2},\d{3} of [1-9]\d{1,2},\d{3} events$/)
  await expect(page.getByRole('complementary', { name: 'Narrow down' })).toContainText(/user\d+/)
  await turnTo(page, 'Charts')
  await expect(page.getByRole('figure', { name: 'Outcomes' }).getByRole('img')).toBeVisible()
  await strip.getByRole('button', { name: 'Cancel' }).click()
  await expect(notice(page, 'Import canceled')).toContainText('Nothing of it was left in the case.', {
    timeout: 20_000
  })
  await expect(shown(page)).toHaveText('24 of 24 events')
  expect(readdirSync(join(home, 'shift.spoor/evidence'))).toHaveLength(1)
  await turnTo(page, 'Evidence')
  await expect(page.getByText('✓ balances · 24 records = 24 events')).toBeVisible()
  await page.getByRole('button', { name: 'Verify everything' }).click()
  await expect(page.getByText('✓ Everything is as it was')).toBeVisible()
})
