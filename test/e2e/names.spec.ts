import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chips, detail, facet, facetValue, notice, query, rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

const ada = '3b3c3d3e-aaaa-4000-8000-00000000000f'
const bob = '4b4c4d4e-bbbb-4000-8000-00000000000f'
const event = (n: number, userId: string) =>
  JSON.stringify({
    id: `e${n}`,
    time: 1773049267120 + n,
    realmId: 'acme',
    operationType: 'UPDATE',
    resourceType: 'REALM',
    resourcePath: 'x',
    authDetails: { realmId: 'acme', clientId: 'c', userId, ipAddress: '203.0.113.9' }
  })

test('names of a directory stand beside the ids, and lead to their events', async ({ spoor }) => {
  const { page, drop, home } = spoor
  const file = (name: string, content: string) => {
    writeFileSync(join(home, name), content)
    return join(home, name)
  }
  await expect(page.getByRole('button', { name: /open a log/i }).first()).toBeVisible()
  await drop(file('admin.jsonl', [event(1, ada), event(2, ada), event(3, bob)].join('\n')))
  await expect(shown(page)).toHaveText('3 of 3 events')
  await drop(file('people.csv', `user id,username,email\n${ada},ada,ada@example.com\n,nobody,\n`))
  await expect(notice(page, 'Imported 1 file')).toContainText('people.csv is a directory, no log')
  await expect(shown(page)).toHaveText('3 of 3 events')

  const row = rows(page).filter({ hasText: 'ada' }).first()
  await expect(row).toContainText('3b3c3d3e')
  await row.click()
  const who = detail(page).getByRole('region', { name: 'Who' })
  await expect(who).toContainText(ada)
  await expect(who.getByTitle(/ada, ada@example\.com: user in people\.csv, record 1/)).toBeVisible()

  const users = facet(page, 'User ID')
  await users.getByRole('button', { name: /^User ID/ }).click()
  await expect(facetValue(page, 'User ID', ada)).toContainText('ada')
  await facetValue(page, 'User ID', ada).click()
  await expect(chips(page).first()).toContainText(`${ada} (ada)`)
  await expect(shown(page)).toHaveText('2 of 3 events')
  await page.getByRole('button', { name: 'Clear' }).first().click()

  await query(page).fill('names:ad*')
  await expect(shown(page)).toHaveText('2 of 3 events')
  await query(page).fill('')

  await turnTo(page, 'Evidence')
  await expect(page.getByRole('row', { name: /people\.csv/ })).toContainText('directory: 1 name')
  const bare = page.getByRole('list', { name: 'Ids without a name' })
  await expect(bare).toContainText(bob)
  await expect(bare).not.toContainText(ada)
  await page.getByRole('button', { name: 'Named', exact: true }).click()
  const named = page.getByRole('list', { name: 'Ids with a name' })
  await expect(named).toContainText('ada')
  await named.getByRole('button').first().click()
  await expect(shown(page)).toHaveText('2 of 3 events')
})
