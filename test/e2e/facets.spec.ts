import type { Page } from '@playwright/test'
import { chips, facet, facetValue, shown } from './parts'
import { expect, test } from './spoor'

const list = (page: Page) => page.getByRole('region', { name: 'Facets', exact: true })
const head = (page: Page, title: string) => facet(page, title).locator('[data-facet]')
/** The facets, as they stand. */
const order = async (page: Page): Promise<string[]> =>
  (await list(page).locator('[data-facet]').allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '')

async function add(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a facet' }).click()
  const fields = page.getByRole('dialog', { name: 'Choose a field' })
  await fields.getByRole('combobox').fill(text)
  await expect(fields.getByText(/looked into|more: type/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(fields).toBeHidden()
}

test.describe('facets', () => {
  test.use({ opens: 'shift' })
  test.beforeEach(async ({ spoor: { page } }) => {
    await expect(shown(page)).toHaveText('24 of 24 events')
  })

  test('any field can be added, and any path in the records, found by a value that stands there', async ({
    spoor: { page }
  }) => {
    await add(page, 'user e-mail')
    await expect(facet(page, 'User e-mail')).toBeVisible()
    await add(page, 'record.action')
    const actions = facet(page, 'action')
    await actions.getByRole('button', { name: /^login: / }).click()
    await expect(shown(page)).toHaveText(/^[1-9]\d? of 24 events$/)
    await expect(chips(page)).toHaveText([/action\s+login/])
  })

  test('are moved, pinned and taken away by keys, and stay so', async ({ spoor: { page } }) => {
    expect((await order(page)).slice(0, 3)).toEqual(['Source', 'Action', 'Category'])
    await head(page, 'Action').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect(head(page, 'Action')).toBeFocused()
    expect((await order(page)).slice(0, 3)).toEqual(['Action', 'Source', 'Category'])
    await head(page, 'User').focus()
    await page.keyboard.press('Alt+p')
    expect((await order(page))[0]).toBe('User')
    await head(page, 'Source').focus()
    await page.keyboard.press('Delete')
    await expect(facet(page, 'Source')).toHaveCount(0)
    await page.reload()
    await expect(shown(page)).toHaveText('24 of 24 events')
    expect((await order(page)).slice(0, 3)).toEqual(['User', 'Action', 'Category'])
    await page.getByRole('button', { name: 'Usual facets' }).click()
    await expect(facet(page, 'Source')).toBeVisible()
  })

  test('are moved by the pointer', async ({ spoor: { page } }) => {
    await head(page, 'Category').dragTo(head(page, 'Source'), { targetPosition: { x: 40, y: 2 } })
    expect((await order(page)).slice(0, 3)).toEqual(['Category', 'Source', 'Action'])
  })
})

test.describe('many values', () => {
  test.use({ opens: 'sample' })
  test.beforeEach(async ({ spoor: { page } }) => {
    await expect(shown(page)).toHaveText('4,371 of 4,371 events')
  })

  test('the rest is chosen by a click, and what it counts is what is found', async ({ spoor: { page } }) => {
    const rest = facet(page, 'User').getByRole('button', { name: /other values: / })
    const events = /: ([\d,]+) events/.exec((await rest.getAttribute('aria-label')) ?? '')?.[1]
    await rest.click()
    await expect(shown(page)).toHaveText(`${events} of 4,371 events`)
    await expect(rest).toHaveAttribute('aria-pressed', 'true')
    // A value takes the place of the rest, as one step to undo.
    await facetValue(page, 'User', 'mara.lindqvist').click()
    await expect(chips(page)).toHaveText([/User\s+mara\.lindqvist/])
    await page.keyboard.press('ControlOrMeta+z')
    await expect(shown(page)).toHaveText(`${events} of 4,371 events`)
    await expect(rest).toHaveAttribute('aria-pressed', 'true')
    await rest.click()
    await expect(shown(page)).toHaveText('4,371 of 4,371 events')
    await expect(chips(page)).toHaveCount(0)
  })

  test('values are searched in the whole case, beyond those listed', async ({ spoor: { page } }) => {
    const actions = facet(page, 'Action')
    await actions.hover()
    await actions.getByRole('button', { name: 'Search in Action' }).click()
    await page.keyboard.type('key.re')
    await expect(facetValue(page, 'Action', 'key.reroll')).toHaveAccessibleName('key.reroll: 15 events, 0.3%')
    await expect(facetValue(page, 'Action', 'LOGIN')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(facetValue(page, 'Action', 'LOGIN')).toBeVisible()
    await actions.getByRole('button', { name: 'Show more of Action' }).click()
    await expect(actions.getByRole('button', { name: / events?, / })).toHaveCount(51)
  })

  test('a range of numbers is chosen on their spread, by keys alone', async ({ spoor: { page } }) => {
    await add(page, 'event.duration')
    const spread = facet(page, 'Duration').getByRole('slider')
    await spread.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowRight')
    const said = (await spread.getAttribute('aria-valuetext')) ?? ''
    const events = /: ([\d,]+) events?$/.exec(said)?.[1]
    await page.keyboard.press('Enter')
    await expect(shown(page)).toHaveText(`${events} of 4,371 events`)
    // It is not narrowed by its own choice: the other bars are still there.
    await page.keyboard.press('End')
    await expect(spread).toHaveAttribute('aria-valuetext', /: \d+ events?$/)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(shown(page)).toHaveText('4,371 of 4,371 events')
  })
})
