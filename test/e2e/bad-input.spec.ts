import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { odd, refused, written } from './bad-files'
import { notice, shown, turnTo } from './parts'
import { expect, test } from './spoor'

test.describe('a file of which nothing can be read', () => {
  test.use({ opens: 'shift' })

  test('gets a sentence that names it and the way out, and the case stays as it was', async ({ spoor }) => {
    const { page, home } = spoor
    await expect(shown(page)).toHaveText('24 of 24 events')
    for (const [index, path] of written(join(home, 'bad'), refused).entries()) {
      await spoor.drop(path)
      const said = notice(page, 'File refused')
      await expect(said).toContainText(refused[index]?.sentence ?? '')
      await said.getByRole('button', { name: 'Put away' }).click()
    }
    await expect(shown(page)).toHaveText('24 of 24 events')
    await turnTo(page, 'Evidence')
    await expect(page.getByText('✓ balances · 24 records = 24 events')).toBeVisible()
    expect(readdirSync(join(home, 'shift.spoor/evidence'))).toHaveLength(1)
  })

  test('does not keep the others of the same drop from being read', async ({ spoor }) => {
    const { page, home } = spoor
    await expect(shown(page)).toHaveText('24 of 24 events')
    await spoor.drop(...written(join(home, 'mixed'), [...refused.slice(0, 2), ...odd.slice(0, 2)]))
    const said = notice(page, 'Imported 2 files')
    await expect(said).toContainText('empty.json is empty')
    await expect(said).toContainText('blank.log holds nothing but blank space')
    await expect(shown(page)).toHaveText('30 of 30 events')
  })

  test('may be one that must not be read', async ({ spoor }) => {
    const root = process.getuid?.() === 0
    if (root)
      console.log('Not tried in the page: root may read everything. The engine’s own test becomes another user for it.')
    test.skip(root, 'Root may read everything.')
    const [path = ''] = written(join(spoor.home, 'secret'), odd.slice(0, 1))
    chmodSync(path, 0)
    await spoor.drop(path)
    await expect(notice(spoor.page, 'File refused')).toContainText('may not be read by you')
  })
})

test('reads what is odd: other line ends and encodings, cut-off files, deep and long records, any name', async ({
  spoor
}) => {
  const { page, home } = spoor
  await expect(page.getByRole('button', { name: /^Open a log/ })).toBeVisible()
  await spoor.drop(...written(join(home, 'odd'), odd))
  await expect(notice(page, `Imported ${odd.length} files`)).toBeVisible({ timeout: 30_000 })
  await turnTo(page, 'Evidence')
  await expect(page.getByText('✓ balances')).toBeVisible()
  for (const { name, events, unreadable = 0, blank = 0, note } of odd) {
    await test.step(name, async () => {
      await page.getByRole('button', { name, exact: true }).click()
      const file = page.getByRole('region', { name, exact: true })
      const parts = [
        events === 1 ? '1 event' : `${events} events`,
        ...(unreadable ? [`${unreadable} unreadable`] : []),
        ...(blank ? [`${blank} blank`] : [])
      ]
      if (events > 0) await expect(file).toContainText(`${events + unreadable + blank} records = ${parts.join(' + ')}`)
      if (note) await expect(file).toContainText(note)
    })
  }
  await page.keyboard.press('Alt+1')
  await expect(page.getByText('zoë').first()).toBeVisible()
})
