import { request } from 'node:https'
import { createServer } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { asgardeoLogs } from '../servers/asgardeo'
import { shown, turnTo } from './parts'
import { expect, test } from './spoor'

const password = 'a-password-nobody-may-see'
const passphrase = 'correct horse battery staple'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Publishes as Asgardeo would, and answers with the status. */
const publish = (port: number, events: unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(`asgardeo:${password}`).toString('base64')}`
    const options = { host: '127.0.0.1', port, path: '/events', method: 'POST', rejectUnauthorized: false }
    const asking = request({ ...options, headers: { authorization } }, (response) =>
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    )
    asking.on('error', reject)
    asking.end(JSON.stringify(events))
  })

test.use({ opens: 'shift' })

test('listens for what a product publishes, and shows it in the case while more may come', async ({ spoor }) => {
  const { page } = spoor
  const main = page.getByRole('main')
  const port = await freePort()
  await turnTo(page, 'Connect')
  await main.getByRole('button', { name: /^Asgardeo, published logs/ }).click()
  await page.getByRole('textbox', { name: 'User', exact: true }).fill('asgardeo')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('textbox', { name: 'Port', exact: true }).fill(String(port))
  await main.getByRole('button', { name: 'Test the connection' }).click()
  const checklist = page.getByRole('region', { name: 'Test of the connection' })
  await expect(checklist).toContainText(`Publish to https://127.0.0.1:${port}/events with user “asgardeo”`)
  await expect(checklist).toContainText('Spoor made the certificate itself')
  await expect(checklist).toContainText('It can listen')
  await main.locator('form').getByRole('button', { name: 'Connect', exact: true }).click()
  const asked = page.getByRole('dialog', { name: 'Choose a passphrase for secrets' })
  await asked.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await asked.getByLabel('Once more').fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(main).toContainText(`listens at https://127.0.0.1:${port}/events`)

  await main.getByRole('button', { name: 'Listen', exact: true }).click()
  const running = page.getByRole('region', { name: 'Pull under way' })
  await expect(running).toContainText('Listening')
  const newest = Date.parse('2026-03-09T10:00:00Z')
  expect(await publish(port, asgardeoLogs(30, newest))).toBe(200)
  await expect(shown(page)).toHaveText('54 of 54 events')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  expect(await publish(port, asgardeoLogs(40, newest + 10_000))).toBe(200)
  await running.getByRole('button', { name: 'Stop listening' }).click()
  await expect(shown(page)).toHaveText('64 of 64 events')
  await expect(page.getByRole('region', { name: 'Books of the pull' })).toContainText('Published logs')
  await expect(publish(port, [])).rejects.toThrow('ECONNREFUSED')
})
