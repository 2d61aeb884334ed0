import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { adminEvents, type KeycloakStandIn, keycloak, type Realm, userEvents } from '../servers/keycloak'
import { notice, rows, shown, turnTo } from './parts'
import { test as base, expect, root, type Spoor } from './spoor'

const secret = 'a-secret-nobody-may-see'
const passphrase = 'correct horse battery staple'

interface Fixtures {
  /** Keycloak with a realm of 60 user events, a minute apart, and 12 admin events. */
  server: KeycloakStandIn
  realm: Realm
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads from the pattern which fixtures are needed.
  realm: async ({}, use) => {
    const newest = Date.now() - 60_000
    await use({
      name: 'acme',
      client: { id: 'spoor', secret },
      events: userEvents(60, newest, 60_000),
      admin: adminEvents(12, newest)
    })
  },
  server: async ({ realm }, use) => {
    const server = await keycloak(realm)
    await use(server)
    await server.close()
  }
})

const page$ = (page: Page): Locator => page.getByRole('main')
const form = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string): Locator => page$(page).getByRole('button', { name, exact: true })
const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const running = (page: Page): Locator => page.getByRole('region', { name: 'Pull under way' })
const books = (page: Page): Locator => page.getByRole('region', { name: 'Books of the pull' })
const checklist = (page: Page): Locator => page.getByRole('region', { name: 'Test of the connection' })

async function fill(page: Page, server: KeycloakStandIn, realm = 'acme'): Promise<void> {
  await page$(page)
    .getByRole('button', { name: /^Keycloak/ })
    .click()
  await form(page, 'Address').fill(server.url)
  await form(page, 'Realm').fill(realm)
  await form(page, 'Client ID').fill('spoor')
  await page.getByLabel('Client secret').fill(secret)
}

/** Keeps what is typed; the first secret wants a passphrase to be chosen. */
async function keep(page: Page): Promise<void> {
  await page$(page).locator('form').getByRole('button', { name: 'Connect', exact: true }).click()
  const asked = dialog(page, 'Choose a passphrase for secrets')
  await asked.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await asked.getByLabel('Once more').fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Keycloak', exact: true })).toBeVisible()
}

async function connected({ page }: Spoor, server: KeycloakStandIn): Promise<void> {
  await turnTo(page, 'Connect')
  await fill(page, server)
  await keep(page)
}

test.describe('with a case', () => {
  test.use({ opens: 'shift' })

  test('connects a product, says what is wrong with it, and pulls it into the case', async ({ spoor, server }) => {
    const { page } = spoor
    await turnTo(page, 'Connect')
    await expect(page.getByRole('heading', { name: 'Pull an audit log where it is kept' })).toBeVisible()
    await page$(page)
      .getByRole('button', { name: /^Keycloak/ })
      .click()
    await button(page, 'Test the connection').click()
    await expect(form(page, 'Address')).toBeFocused()
    await expect(form(page, 'Realm')).toHaveAttribute('aria-invalid', 'true')
    await button(page, 'Discard').click()

    await fill(page, server, 'Acme')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(checklist(page)).toContainText('It cannot be pulled yet')
    await expect(checklist(page).getByRole('listitem').filter({ hasText: 'Sign-in' })).toContainText(
      'There is no realm “Acme”'
    )
    await form(page, 'Realm').fill('acme')
    await expect(page.getByText('Tested before the last change.')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(checklist(page)).toContainText('It can be pulled')
    await expect(checklist(page)).toContainText('User events can be read.')

    await keep(page)
    await expect(page$(page)).toContainText(`contacts 127.0.0.1:${server.port} only`)
    await expect(page$(page)).toContainText('kept, and not shown again')
    await button(page, 'Pull all there is').click()
    const row = page$(page).getByRole('row', { name: /Complete/ })
    await expect(row).toContainText('72')
    await expect(books(page)).toContainText('keycloak-events-')
    await expect(shown(page)).toHaveText('96 of 96 events')

    const held = books(page).getByRole('row', { name: /User events/ })
    await held.getByRole('button', { name: '60' }).click()
    await expect(shown(page)).toHaveText('60 of 96 events')
    await turnTo(page, 'Connect')
    await books(page)
      .getByRole('button', { name: /^keycloak-admin-/ })
      .click()
    await expect(page.getByRole('heading', { name: 'Evidence' })).toBeVisible()
    await expect(page.getByRole('region', { name: /^keycloak-admin-/ })).toContainText('keycloak.admin')
  })

  test('pulls since last time only, and says which secret is where without showing it', async ({
    spoor,
    server,
    realm
  }) => {
    const { page } = spoor
    await connected(spoor, server)
    await button(page, 'Pull all there is').click()
    await expect(shown(page)).toHaveText('96 of 96 events')
    realm.events.push(...userEvents(63, Date.now() - 500, 1000).slice(60))
    await expect(button(page, 'Pull since last time')).toBeEnabled()
    await page$(page).focus()
    await page.keyboard.press('p')
    await expect(shown(page)).toHaveText('99 of 99 events')
    await expect(
      page$(page)
        .getByRole('table', { name: /Pulls into this case/ })
        .getByRole('row')
    ).toHaveCount(3)

    await button(page, 'Change').click()
    await expect(page$(page)).toContainText('Kept, and not shown again.')
    expect(await page.content()).not.toContain(secret)
    await button(page, 'Replace').click()
    await page.getByLabel('Client secret').fill('another')
    await button(page, 'Test the connection').click()
    await expect(checklist(page)).toContainText('but not with this secret')
    await button(page, 'Keep the one there is').click()
    await button(page, 'Test the connection').click()
    await expect(checklist(page)).toContainText('It can be pulled')
    await button(page, 'Remove').click()
    await expect(page$(page)).toContainText('It is forgotten once this is saved.')
    await button(page, 'Save').click()
    await button(page, 'Test').click()
    await expect(checklist(page)).toContainText('It cannot be pulled yet')
  })

  test('is paused, goes on, is watched from other pages and ended early', async ({ spoor, server, realm }) => {
    const { page } = spoor
    realm.events = userEvents(2000, Date.now() - 60_000, 1000)
    await turnTo(page, 'Connect')
    await fill(page, server)
    await button(page, 'Unfold').click()
    await form(page, 'Events a request').fill('2')
    await keep(page)
    await button(page, 'Pull all there is').click()
    await running(page).getByRole('button', { name: 'Pause' }).click()
    await expect(running(page).getByRole('heading')).toHaveText('Paused')
    const strip = page.getByRole('region', { name: 'Pull of Keycloak' })
    await turnTo(page, 'Explore')
    await expect(strip).toContainText('Paused: Keycloak')
    await page.waitForTimeout(300)
    const asked = server.requests.length
    await page.waitForTimeout(500)
    expect(server.requests.length).toBe(asked)
    await page.reload()
    await expect(strip).toContainText('Paused: Keycloak')

    await strip.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => server.requests.length).toBeGreaterThan(asked + 5)
    await strip.getByRole('button', { name: 'Cancel' }).click()
    await expect(notice(page, 'Pull of Keycloak ended')).toBeVisible()
    await expect(strip).toBeHidden()
    await notice(page, 'Pull of Keycloak ended').getByRole('button', { name: 'Show its books' }).click()
    await expect(books(page)).toContainText('the pull was canceled')
    await books(page)
      .getByRole('listitem')
      .filter({ hasText: 'User events' })
      .getByRole('button', { name: /^the beginning – 2/ })
      .click()
    await expect(page.getByText('Asked for, and did not come')).toBeVisible()
    await turnTo(page, 'Connect')
    await books(page).getByRole('listitem').filter({ hasText: 'Admin events' }).getByText('Pull it again').click()
    await expect(page$(page).getByRole('row', { name: /Complete/ })).toContainText('12')
  })

  test('follows: new events come in above what is looked at, which stays in its place', async ({
    spoor,
    server,
    realm
  }) => {
    const { page } = spoor
    await connected(spoor, server)
    await page.keyboard.press('Shift+P')
    const asked = dialog(page, 'Pull Keycloak')
    await asked.getByLabel('Seconds between two questions').fill('1')
    await asked.getByRole('button', { name: 'Pull', exact: true }).click()
    await expect(running(page).getByRole('heading')).toHaveText('Following')
    await turnTo(page, 'Explore')
    await expect(shown(page)).toHaveText('96 of 96 events')
    const grid = page.getByRole('grid', { name: 'Events', exact: true })
    await grid.hover()
    await page.mouse.wheel(0, 28 * 10)
    await expect(page.getByText(/^Rows 11–/)).toBeVisible()
    const first = await rows(page).nth(5).textContent()
    realm.events.push(...userEvents(63, Date.now(), 10).slice(60))
    await expect(shown(page)).toHaveText('99 of 99 events')
    const above = page.getByRole('button', { name: '3 new events above' })
    await expect(above).toBeVisible()
    await expect(page.getByText(/^Rows 14–/)).toBeVisible()
    await expect(rows(page).nth(5)).toHaveText(first ?? '')
    await above.click()
    await expect(above).toBeHidden()
    await expect(page.getByText(/^Rows 1–/)).toBeVisible()
    realm.events.push(...userEvents(65, Date.now(), 10).slice(63))
    await expect(shown(page)).toHaveText('101 of 101 events')
    await expect(above).toBeHidden()
    await page.getByRole('region', { name: 'Pull of Keycloak' }).getByRole('button', { name: 'Stop' }).click()
    await expect(notice(page, 'Pulled Keycloak: 77 events')).toBeVisible()
  })

  test('goes on with a pull that was interrupted, once the case is open again', async ({ spoor, server, realm }) => {
    const { page } = spoor
    realm.events = userEvents(400, Date.now() - 60_000, 1000)
    await turnTo(page, 'Connect')
    await fill(page, server)
    await button(page, 'Unfold').click()
    await form(page, 'Events a request').fill('2')
    await keep(page)
    await button(page, 'Pull all there is').click()
    await running(page).getByRole('button', { name: 'Pause' }).click()
    await expect(running(page).getByRole('heading')).toHaveText('Paused')
    await page.getByRole('button', { name: 'Case shift' }).click()
    await page.getByRole('menuitem', { name: 'Close the case' }).click()
    await page
      .getByRole('region', { name: 'Recent cases' })
      .getByRole('button', { name: /^shift/ })
      .click()
    await turnTo(page, 'Connect')
    await expect(page.getByText('Last pull was interrupted')).toBeVisible()
    await books(page).getByRole('button', { name: 'Go on' }).click()
    await expect(page$(page).getByRole('row', { name: /Complete/ })).toContainText('412')
    await expect(shown(page)).toHaveText('436 of 436 events')
  })

  test('says why a pull stopped, and forgets a connection with its secrets', async ({ spoor, server, realm }) => {
    const { page } = spoor
    await connected(spoor, server)
    realm.roles = []
    await button(page, 'Pull all there is').click()
    await expect(books(page).getByRole('alert')).toContainText('lacks the role view-events')
    await expect(notice(page, /./)).toHaveCount(0)
    await turnTo(page, 'Explore')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('pull keycloak')
    await page.keyboard.press('Enter')
    const stopped = notice(page, 'The pull of Keycloak stopped')
    await expect(stopped).toContainText('lacks the role view-events')
    await stopped.getByRole('button', { name: 'Show its books' }).click()
    await expect(
      page$(page)
        .getByRole('table', { name: /Pulls into this case/ })
        .getByRole('row')
    ).toHaveCount(3)
    await page$(page).getByRole('button', { name: 'More for Keycloak' }).click()
    await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
    await dialog(page, 'Disconnect Keycloak?').getByRole('button', { name: 'Disconnect' }).click()
    await expect(page.getByRole('heading', { name: 'Pull an audit log where it is kept' })).toBeVisible()
  })

  test('keeps secrets under another passphrase, and lets who forgot it begin anew', async ({ spoor, server }) => {
    const { page, home } = spoor
    await connected(spoor, server)
    await button(page, 'Change passphrase…').click()
    const change = dialog(page, 'Change the passphrase for secrets')
    await change.getByLabel('Passphrase until now').fill('not it')
    await change.getByLabel('New passphrase').fill('battery staple')
    await change.getByLabel('Once more').fill('battery')
    await page.keyboard.press('Enter')
    await expect(change.getByRole('alert')).toHaveText('The two are not the same.')
    await change.getByLabel('Once more').fill('battery staple')
    await page.keyboard.press('Enter')
    await expect(change.getByRole('alert')).toContainText('This is not the passphrase')
    await change.getByLabel('Passphrase until now').fill(passphrase)
    await page.keyboard.press('Enter')
    await expect(notice(page, 'The passphrase for secrets is changed')).toBeVisible()

    // As by the command line, beside this window.
    const env = { ...process.env, SPOOR_PASSPHRASE: 'battery staple', SPOOR_NEW_PASSPHRASE: 'another' }
    await promisify(execFile)(process.execPath, [join(root, 'scripts/spoor.cjs'), 'connections', 'passphrase'], {
      env: { ...env, SPOOR_HOME: home }
    })
    await button(page, 'Test').click()
    const asked = dialog(page, 'Passphrase for secrets')
    await asked.getByRole('button', { name: 'I forgot it…' }).click()
    await dialog(page, 'Forget the secrets?').getByRole('button', { name: 'Forget the secrets' }).click()
    const anew = dialog(page, 'Choose a passphrase for secrets')
    await expect(anew.getByLabel('Passphrase', { exact: true })).toBeFocused()
    await anew.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await anew.getByLabel('Once more').fill(passphrase)
    await page.keyboard.press('Enter')
    await expect(checklist(page)).toContainText('It cannot be pulled yet')
    await button(page, 'Give it').click()
    await page.getByLabel('Client secret').fill(secret)
    await button(page, 'Save').click()
    await button(page, 'Test').click()
    await expect(checklist(page)).toContainText('It can be pulled')
  })

  for (const theme of ['dark', 'light'])
    test(`is without fault by axe in ${theme}`, async ({ spoor, server, realm }) => {
      test.setTimeout(120_000)
      const { page } = spoor
      realm.config = { adminEventsDetailsEnabled: false }
      const faults = async (state: string) => {
        await page.mouse.move(720, 895)
        await page.waitForTimeout(300)
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(['region']).analyze()
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
        expect.soft(found, state).toEqual([])
      }
      await page.keyboard.press('ControlOrMeta+k')
      await page.keyboard.type(`${theme} theme`)
      await page.keyboard.press('Enter')
      await turnTo(page, 'Connect')
      await page.getByRole('heading', { name: 'Pull an audit log where it is kept' }).waitFor()
      await faults('the products')
      await page$(page)
        .getByRole('button', { name: /^Other HTTP API/ })
        .click()
      await faults('the form of any API')
      await button(page, 'Discard').click()
      await fill(page, server)
      await form(page, 'Client ID').fill('')
      await button(page, 'Test the connection').click()
      await form(page, 'Client ID').fill('spoor')
      await button(page, 'Unfold').click()
      await page.keyboard.press('ControlOrMeta+Enter')
      await expect(checklist(page)).toContainText('without their representation')
      await faults('a test')
      await keep(page)
      await page.keyboard.press('Shift+P')
      await dialog(page, 'Pull Keycloak').getByText('A stretch of time').click()
      await faults('what to pull')
      await dialog(page, 'Pull Keycloak').getByLabel('Go on asking, every').check()
      await dialog(page, 'Pull Keycloak').getByRole('button', { name: 'Pull', exact: true }).click()
      await expect(running(page).getByRole('heading')).toHaveText('Following')
      await faults('a pull under way')
      await running(page).getByRole('button', { name: 'Stop following' }).click()
      await expect(books(page)).toBeVisible()
      await faults('the books')
      await button(page, 'Change').click()
      await faults('a connection that is changed')
      await button(page, 'Change passphrase…').click()
      await faults('another passphrase')
    })
})

test('needs no case to connect, and makes one to pull into', async ({ spoor, server }) => {
  const { page } = spoor
  await button(page, 'Connect a product…').click()
  await fill(page, server)
  await keep(page)
  await expect(page$(page)).toContainText('A pull makes one, named for the connection.')
  await button(page, 'Pull all there is').click()
  await expect(page.getByRole('button', { name: 'Case Keycloak' })).toBeVisible()
  await expect(shown(page)).toHaveText('72 of 72 events')
  await expect(books(page)).toBeVisible()
})
