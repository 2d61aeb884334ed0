import { query, shown } from './parts'
import { expect, test } from './spoor'

test.use({ opens: 'shift' })

test('takes words, fields, minus, phrases, wildcards, blocks of addresses', async ({ spoor: { page } }) => {
  for (const [text, count] of [
    ['Marlow', 1],
    ['grafana', 4],
    ['user.name:bob', 7],
    ['-user.name:alice', 12],
    ['"deploy key"', 2],
    ['event.action:login*', 10],
    ['source.ip:10.0.0.0/8', 2],
    ['user.name:bob event.outcome:failure', 4],
    ['user.name:(bob or carol)', 9],
    ['-source.ip:*', 3],
    ['@timestamp:2026-03-04', 7],
    ['record.context.username:bob', 4]
  ] as const)
    await test.step(text, async () => {
      await query(page).fill(text)
      await expect(shown(page)).toHaveText(`${count} of 24 events`)
    })
  await page.getByRole('button', { name: 'Clear the query' }).click()
  await expect(shown(page)).toHaveText('24 of 24 events')
})

test('says where a query is wrong, keeps the filter before it, and offers the nearest field', async ({
  spoor: { page }
}) => {
  await query(page).fill('user.name:alice')
  await expect(shown(page)).toHaveText('12 of 24 events')
  await query(page).fill('user.nmae:alice')
  await page.keyboard.press('Escape')
  const problem = page.getByRole('alert').filter({ hasText: 'nmae' })
  await expect(problem).toBeVisible()
  await expect(query(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(shown(page)).toHaveText('12 of 24 events')
  await problem.getByRole('button', { name: 'user.name' }).click()
  await expect(query(page)).toHaveText('user.name:alice')
  await expect(problem).toBeHidden()
  await query(page).fill('user.name:(alice or')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(shown(page)).toHaveText('12 of 24 events')
})

test('offers fields and the values there are', async ({ spoor: { page } }) => {
  await query(page).pressSequentially('user.na')
  await page
    .getByRole('option', { name: /^user\.name/ })
    .first()
    .click()
  await query(page).pressSequentially('car')
  await page.getByRole('option', { name: /carol/ }).first().click()
  await expect(shown(page)).toHaveText('2 of 24 events')
})
