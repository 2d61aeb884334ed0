import type { Locator, Page } from '@playwright/test'
import { chips, detail, facetValue, query, rows, shown, turnTo } from './parts'
import { expect, test } from './spoor'

const everything = '4,371 of 4,371 events'
const events = (page: Page) => page.getByRole('grid', { name: 'Events' })

/** The focus is somewhere, and is to be seen: an outline on what has it, on the row it names, or around the field. */
async function focusIsSeen(page: Page): Promise<void> {
  const lost = () =>
    page.evaluate(() => {
      let at = document.activeElement
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
      if (!at || at === document.body) return 'nothing has the focus'
      // A page or a dialog that was just come to: the next Tab goes into it.
      if (at.matches('main, [role=dialog]')) return null
      const named = document.getElementById(at.getAttribute('aria-activedescendant') ?? '')
      const host = at.getRootNode() instanceof ShadowRoot ? (at.getRootNode() as ShadowRoot).host.parentElement : null
      const around = [at, named, at.parentElement, at.closest('form, .relative'), host].filter((each) => each !== null)
      const marked = around.some((each) =>
        ['', '::after'].some((part) => {
          const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(each, part || undefined)
          const ringed = outlineStyle !== 'none' && outlineWidth !== '0px'
          return ringed || (each.matches(':focus-within') && (boxShadow !== 'none' || borderColor === 'var(--accent)'))
        })
      )
      return marked ? null : `the focus is not to be seen on ${at.outerHTML.slice(0, 200)}`
    })
  await expect.poll(lost).toBeNull()
}

/** Goes on by Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  const there = () =>
    target
      .first()
      .evaluate(
        (element) => element === document.activeElement || element === document.activeElement?.shadowRoot?.activeElement
      )
  await target.first().waitFor()
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await there()) return focusIsSeen(page)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to ${target}`)
}

/** Turns to a page by its key. */
async function turn(page: Page, title: string): Promise<void> {
  const titles = await page.getByRole('navigation', { name: 'Pages' }).getByRole('button').allInnerTexts()
  await page.keyboard.press(`Alt+${titles.findIndex((each) => each.trim() === title) + 1}`)
  await expect(
    page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: title, exact: true })
  ).toHaveAttribute('aria-current', 'page')
}

/** Goes through the parts of the window until the focus is in this one. */
async function partTo(page: Page, part: Locator): Promise<void> {
  await part.first().waitFor()
  for (let pressed = 0; pressed < 12; pressed++) {
    await page.keyboard.press('F6')
    await focusIsSeen(page)
    if (await part.first().evaluate((element) => element.contains(document.activeElement))) return
  }
  throw new Error(`F6 does not come to ${part}`)
}

test('a whole investigation needs no mouse, and the focus is never lost', async ({ spoor: { page } }) => {
  test.setTimeout(180_000)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())

  await test.step('open the sample case', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Open the sample case' }))
    await page.keyboard.press('Enter')
    await expect(shown(page)).toHaveText(everything, { timeout: 60_000 })
  })

  await test.step('search', async () => {
    await page.keyboard.press('/')
    await expect(query(page)).toBeFocused()
    await page.keyboard.type('change.fields:*')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await expect(shown(page)).not.toHaveText(everything)
    await focusIsSeen(page)
  })

  const found = await shown(page).textContent()
  await test.step('narrow by a facet, and by another', async () => {
    await partTo(page, page.getByLabel('Facets', { exact: true }))
    await tabTo(page, facetValue(page, 'Category', 'iam'))
    await page.keyboard.press('Enter')
    await expect(chips(page)).toHaveCount(1)
    await expect(shown(page)).not.toHaveText(found ?? '')
    await focusIsSeen(page)
  })

  await test.step('open an event and read what it changed', async () => {
    await partTo(page, events(page))
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(detail(page).getByRole('heading', { level: 2 }).first()).toBeVisible()
    await focusIsSeen(page)
    await partTo(page, detail(page))
    await tabTo(
      page,
      page.getByRole('radio', { name: 'Side by side' }).or(page.getByRole('button', { name: 'Side by side' }))
    )
    await page.keyboard.press('Enter')
    await expect(detail(page).getByRole('region', { name: 'Change' })).toBeVisible()
  })

  await test.step('step to the next event of the same, star it, copy it', async () => {
    const title = detail(page).getByRole('heading', { level: 2 }).first()
    const before = await detail(page).textContent()
    await partTo(page, events(page))
    await page.keyboard.press(',')
    await expect.poll(() => detail(page).textContent()).not.toBe(before)
    await focusIsSeen(page)
    await page.keyboard.press('m')
    await expect(detail(page).getByRole('button', { name: /star/i }).first()).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('c')
    await expect.poll(clipboard).toMatch(/^\d{4}-\d\d-\d\dT.*\t/)
    await expect(title).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(detail(page)).toBeHidden()
    await focusIsSeen(page)
  })

  await test.step('see it as charts, by numbers', async () => {
    await turn(page, 'Charts')
    await focusIsSeen(page)
    const figure = page.getByRole('figure', { name: 'Outcomes' })
    await tabTo(page, figure.getByRole('button', { name: 'Show the numbers' }))
    await page.keyboard.press('Enter')
    await tabTo(page, figure.getByRole('table').getByRole('button').first())
    await page.keyboard.press('Enter')
    await expect(chips(page)).toHaveCount(2)
    await focusIsSeen(page)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(chips(page)).toHaveCount(1)
    await focusIsSeen(page)
  })

  await test.step('see where it came from', async () => {
    await turn(page, 'Map')
    await tabTo(page, page.getByRole('list', { name: 'Places, most events first' }).getByRole('button').first())
    await page.keyboard.press('Enter')
    await expect(chips(page)).toHaveCount(2)
    await partTo(page, page.getByRole('region', { name: 'Filter' }))
    await page.keyboard.press('Delete')
    await expect(chips(page)).toHaveCount(1)
    await focusIsSeen(page)
  })

  await test.step('look at the evidence', async () => {
    await turn(page, 'Evidence')
    await focusIsSeen(page)
    await tabTo(page, page.getByRole('button', { name: 'hub-audit.log' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Look into the file' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText('hub-audit.log')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Look into the file' })).toBeFocused()
  })

  await test.step('ask in SQL, and come back with what was found', async () => {
    await turn(page, 'SQL')
    const editor = page.getByRole('textbox', { name: 'SQL statement' })
    await editor.waitFor()
    await focusIsSeen(page)
    await page.keyboard.press('e')
    await expect(editor).toBeFocused()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(`SELECT _id, "user.name" FROM event WHERE "event.outcome" = 'failure' LIMIT 5`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+Enter')
    const result = page.getByRole('grid', { name: 'Result' })
    await expect(result).toHaveAttribute('aria-rowcount', '6')
    await partTo(page, result)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(events(page)).toBeVisible()
    await expect(detail(page)).toBeVisible()
    await focusIsSeen(page)
  })

  await test.step('begin anew from the palette', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('clear the filter')
    await page.keyboard.press('Enter')
    await expect(shown(page)).toHaveText(everything)
    await expect(rows(page).first()).toBeVisible()
    await focusIsSeen(page)
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('starred events only')
    await page.keyboard.press('Enter')
    await expect(shown(page)).toHaveText('1 of 4,371 events')
  })
})

test.describe('with a case', () => {
  test.use({ opens: 'shift' })

  test('a count is said aloud once it rests, and once only', async ({ spoor: { page } }) => {
    await expect(shown(page)).toHaveText('24 of 24 events')
    await page.waitForTimeout(1000)
    await page.evaluate(() => {
      const said: string[] = []
      Object.assign(window, { said })
      const note = () => {
        for (const region of document.querySelectorAll('[aria-live=polite], [role=status]:not([aria-live=off])')) {
          const text = region.textContent?.trim() ?? ''
          if (/events$/.test(text) && said.at(-1) !== text) said.push(text)
        }
      }
      new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true })
    })
    await query(page).focus()
    await page.keyboard.type('user.name:bob -event.outcome:failure', { delay: 60 })
    await page.keyboard.press('Enter')
    await expect(shown(page)).toHaveText('3 of 24 events')
    await page.waitForTimeout(2000)
    expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual(['3 of 24 events'])
  })

  test('what goes away hands the focus to what stands nearest', async ({ spoor: { page } }) => {
    await facetValue(page, 'User', 'bob').click()
    await facetValue(page, 'Outcome', 'failure').click()
    await expect(chips(page)).toHaveCount(2)
    await tabTo(page, chips(page).first().getByRole('button').first())
    await page.keyboard.press('Delete')
    await expect(chips(page)).toHaveCount(1)
    await expect(chips(page).first().getByRole('button').first()).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(chips(page)).toHaveCount(0)
    await focusIsSeen(page)
  })

  test('the palette finds fields, columns, and hands the focus on to what a command is about', async ({
    spoor: { page }
  }) => {
    await events(page).focus()
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('search by user')
    await expect(page.getByRole('option', { name: /^Search by user user\.name/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(events(page)).toBeFocused()
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('search by address source.ip')
    await page.keyboard.press('Enter')
    await expect(query(page)).toBeFocused()
    await expect(query(page)).toHaveText('source.ip:')
    await page.keyboard.type('10.0.0.0/8')
    await page.keyboard.press('Enter')
    await expect(shown(page)).toHaveText('2 of 24 events')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('column session')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('columnheader', { name: /^Session/ })).toBeVisible()
  })

  test('letters typed into the statement are no keys of the window', async ({ spoor: { page } }) => {
    await turnTo(page, 'SQL')
    await page.getByRole('textbox', { name: 'SQL statement' }).focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('SELECT 1 AS tmqf?', { delay: 20 })
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('textbox', { name: 'SQL statement' })).toContainText('tmqf?')
  })
})
