import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { query, shown, turnTo } from './parts'
import { expect, test } from './spoor'

const hour = 3_600_000
const start = Date.UTC(2026, 5, 1)

/** An Unkey audit log of thirty days, an event each ten minutes, without the first six hours of the 16th. */
function unkeyLog(folder: string): string {
  const times = Array.from({ length: 30 * 144 }, (_, at) => start + at * 600_000).filter(
    (time) => time < start + 360 * hour || time >= start + 366 * hour
  )
  const lines = times.map((time, at) => {
    const actor = { type: 'user', id: `user_${at % 3}` }
    return JSON.stringify({
      auditLogId: `log_${at}`,
      event: 'key.create',
      time: new Date(time).toISOString(),
      actor,
      resources: []
    })
  })
  const path = join(folder, 'unkey.jsonl')
  writeFileSync(path, `${lines.join('\n')}\n`)
  utimesSync(path, (start + 720 * hour) / 1000, (start + 720 * hour) / 1000)
  return path
}

test('draws what each source covers, finds the silence, and explains an empty search by it', async ({ spoor }) => {
  const { page } = spoor
  await spoor.drop(unkeyLog(spoor.home))
  await expect(shown(page)).toHaveText('4,284 of 4,284 events')
  await turnTo(page, 'Coverage')
  await expect(page.getByText('1 unusual silence')).toBeVisible()
  const source = page.getByRole('region', { name: 'Unkey audit log' })
  await expect(source).toContainText('Nothing before 2026-06-01 00:00: outside this evidence.')
  await expect(source).toContainText('Retention: 7 days (Free), 90 days (Pro), by contract (Enterprise).')
  await expect(source).toContainText('Tue 2026-06-16 00:00 – 06:00')
  await expect(source).toContainText('about 36 events would be usual')

  await source.getByRole('button', { name: 'Search this stretch, in all sources' }).click()
  await expect(shown(page)).toHaveText('0 of 4,284 events')
  const why = page.getByRole('region', { name: 'What the sources cover then' })
  await expect(why).toContainText('Unkey audit log. Silent from 2026-06-16 00:00 to 2026-06-16 06:00')

  await page.keyboard.press('Shift+X')
  await query(page).fill('@timestamp:2026-05')
  await query(page).press('Enter')
  await expect(why).toContainText('Nothing before 2026-06-01 00:00: outside this evidence.')
  await query(page).fill('@timestamp:2026-06-20 key.delete')
  await query(page).press('Enter')
  await expect(why).toContainText('144 events then, none that passes the filter.')
})

test('zooms by dragging over the chart, and out again', async ({ spoor }) => {
  const { page } = spoor
  await spoor.drop(unkeyLog(spoor.home))
  await expect(shown(page)).toHaveText('4,284 of 4,284 events')
  await turnTo(page, 'Coverage')
  const chart = page.getByRole('slider', { name: /^Time: arrows move/ })
  const box = await chart.boundingBox()
  if (!box) throw new Error('the chart is not drawn')
  await page.mouse.move(box.x + box.width * 0.25, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + 44, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeVisible()
  await expect(shown(page)).toHaveText(/^1,\d{3} of 4,284 events$/)
  await page.getByRole('button', { name: 'Zoom out' }).click()
  await expect(shown(page)).toHaveText('4,284 of 4,284 events')

  await chart.focus()
  for (let bar = 0; bar < 3; bar++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeVisible()
})
