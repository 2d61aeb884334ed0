import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { notice, shown, turnTo } from './parts'
import { expect, fixture, spoorCommand, test } from './spoor'

const editor = (page: Page, of: string) => page.getByRole('region', { name: `Mapping of ${of}` })
const yaml = (page: Page) => page.getByRole('textbox', { name: 'Definition as YAML' })
const open = (page: Page) => page.getByRole('button', { name: /^Open a log/ })
/** The cells of a column of the result, by its head. */
const column = (page: Page, title: string) =>
  page
    .getByRole('region', { name: 'Result' })
    .getByRole('table')
    .evaluate((table: HTMLTableElement, wanted) => {
      const text = (node: Element | undefined) => node?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
      const at = [...(table.tHead?.rows[0]?.cells ?? [])].findIndex((cell) => text(cell).startsWith(wanted))
      return [...(table.tBodies[0]?.rows ?? [])].map((row) =>
        [...(row.cells[at]?.children ?? [])].map(text).join(' | ')
      )
    }, title)
const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode(true).include('main').analyze()).violations.map(
    ({ id, help }) => `${id}: ${help}`
  )

const log = (home: string, name: string, text: string) => {
  const path = join(home, name)
  writeFileSync(path, text)
  return path
}
const doors =
  'when,who,action,result,reader\n1773045667120,alice,open,ok,203.0.113.9\n1773045668120,bob,open,maybe,door-7\n'

test('adjusts what was guessed: the form and the text are one, and the result follows', async ({ spoor }) => {
  const { page, home } = spoor
  await spoor.choose(() => open(page).click(), log(home, 'doors.csv', doors))
  await notice(page, 'Imported 1 file').getByRole('button', { name: 'Adjust the mapping' }).click()
  await expect(editor(page, 'doors.csv')).toBeVisible()
  await expect.poll(() => column(page, 'User')).toEqual(['alice', 'bob'])
  await expect(page.getByText('did not convert', { exact: false }).first()).toBeVisible()
  expect(await faults(page)).toEqual([])

  // The form changes the text, and nothing of it but that.
  const before = await yaml(page).inputValue()
  const title = page.getByRole('textbox', { name: 'Title' })
  await title.fill('Doors of the house')
  await expect(yaml(page)).toHaveValue(before.replace('title: Doors', 'title: Doors of the house'))
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByRole('combobox', { name: 'Field' }).last().fill('resource.name')
  await page.getByRole('textbox', { name: 'From the record' }).last().fill('reader')
  await expect.poll(() => column(page, 'Target')).toEqual(['203.0.113.9', 'door-7'])

  // The text changes the form; a value that does not convert is marked, with what the log has.
  await yaml(page).fill((await yaml(page).inputValue()).replace('as: epoch_ms', 'as: boolean'))
  await expect
    .poll(() => column(page, 'Time'))
    .toEqual(['✗ 1773045667120 | not a time in a form known here', '✗ 1773045668120 | not a time in a form known here'])
  await expect(page.getByRole('combobox', { name: 'Read as' }).first()).toHaveValue('boolean')
  await yaml(page).fill((await yaml(page).inputValue()).replace('as: boolean', 'as: epoch_ms'))

  // A fault is shown at its line and field, and nothing can be kept with it.
  await yaml(page).fill((await yaml(page).inputValue()).replace('user.name:', 'user.nmae:'))
  const said = page.getByRole('button', {
    name: /✗ Line \d+: no such event field: user\.nmae\. Did you mean user\.name\?/
  })
  await expect(said).toBeVisible()
  await expect(page.locator('[data-faulty]')).toHaveAttribute('data-faulty', 'no such event field: user.nmae')
  await expect(page.getByRole('button', { name: 'Keep and read again' })).toBeDisabled()
  expect(await faults(page)).toEqual([])
  await yaml(page).fill((await yaml(page).inputValue()).replace('user.nmae:', 'user.name:'))
  await expect(said).toBeHidden()

  // What is written outlives a visit to another page.
  await turnTo(page, 'SQL')
  await turnTo(page, 'Sources')
  await expect(title).toHaveValue('Doors of the house')
  await page.getByRole('button', { name: 'Keep and read again' }).click()
  await expect(notice(page, 'Read doors.csv again')).toContainText('2 records = 2 events')

  // The definition lies in the analyst's own folder, the events have what it says, and the next file is read by it without a question.
  expect(readFileSync(join(home, 'sources', 'doors.yaml'), 'utf8')).toContain('resource.name: reader')
  const second = log(home, 'february.csv', doors.replaceAll('1773', '1770'))
  await spoor.drop(second)
  await expect(shown(page)).toHaveText('4 of 4 events')
  await turnTo(page, 'Evidence')
  await page.getByRole('button', { name: 'february.csv' }).click()
  await expect(page.getByRole('region', { name: 'february.csv' }).getByText('doors', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'february.csv' }).getByText('Guessed')).toBeHidden()
  await page.getByRole('button', { name: 'Verify everything' }).click()
  await expect(page.getByText('✓ Everything is as it was')).toBeVisible()
})

test('opens by itself for a file of which no time can be guessed', async ({ spoor }) => {
  const { page, home } = spoor
  await expect(open(page)).toBeVisible()
  await spoor.drop(log(home, 'shift.csv', 'who,action,day\nalice,open,day 7\nbob,close,day 8\n'))
  await expect(editor(page, 'shift.csv')).toContainText('no source knows it, and no time was found in it')
  await expect.poll(() => column(page, 'Record')).toEqual(['1 | no time', '2 | no time'])
  // A path of the records is written where the caret was.
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByRole('combobox', { name: 'Field' }).last().fill('resource.name')
  await page.getByRole('textbox', { name: 'From the record' }).last().click()
  await page.getByRole('button', { name: 'Records' }).click()
  await page.getByRole('button', { name: /^day/ }).click()
  await expect(yaml(page)).toHaveValue(/resource\.name: day\n/)
  await page.getByRole('button', { name: 'Keep and import' }).click()
  await expect(shown(page)).toHaveText('2 of 2 events')
  await expect(notice(page, 'Imported 1 file')).toContainText('2 records = 0 events + 2 undated')
})

test('asks which of two sources a file is of, once for all files between the two', async ({ spoor }) => {
  const { page, home } = spoor
  mkdirSync(join(home, 'sources'))
  for (const [id, who] of [
    ['badge', 'holder'],
    ['visitor', 'guest']
  ]) {
    const text = `id: ${id}\ntitle: ${id} log\nread: { as: json }\nrecognise: { all: [at, ${who}] }\nevent: { "@timestamp": at, user.name: ${who} }\nsamples: []\n`
    writeFileSync(join(home, 'sources', `${id}.yaml`), text)
  }
  const line = (n: number) => `{"at":"2026-03-09T08:41:0${n}Z","holder":"alice","guest":"bob","n":${n}}\n`
  const files = [log(home, 'a.jsonl', line(1)), log(home, 'b.jsonl', line(2)), fixture('products/unkey.json')]
  await spoor.choose(() => open(page).click(), ...files)
  const question = page.getByRole('dialog', { name: 'Which source is this?' })
  await expect(question).toContainText('a.jsonl, b.jsonl')
  const choices = question.getByRole('listitem')
  await expect(choices.filter({ hasText: 'badge log' })).toContainText('alice')
  await expect(choices.filter({ hasText: 'visitor log' })).toContainText('bob')
  await choices.filter({ hasText: 'visitor log' }).getByRole('button', { name: 'It is this one' }).click()
  await expect(question).toBeHidden()
  await expect(shown(page)).toHaveText('5 of 5 events')
  await turnTo(page, 'Evidence')
  await expect(page.getByRole('row').filter({ hasText: 'visitor' })).toHaveCount(2)
})

test('lists the sources, changes one, takes it back, and takes a definition that is dropped', async ({ spoor }) => {
  const { page, home } = spoor
  await page.getByRole('button', { name: 'Sources…' }).click()
  await page.getByRole('searchbox', { name: 'Find a source' }).fill('unkey audit log of')
  await page.getByRole('searchbox', { name: 'Find a source' }).fill('unkey')
  const row = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'unkey', exact: true }) })
  await expect(row).toContainText('Spoor')
  await row.getByRole('button', { name: 'Edit unkey' }).click()
  await expect.poll(() => column(page, 'Action')).toEqual(['key.create', 'authorization.connect_permission_and_key'])
  await page.getByRole('textbox', { name: 'Title' }).fill('Unkey, as we read it')
  await page.getByRole('button', { name: 'Keep as your own' }).click()
  await expect(row).toContainText('your own, in place of Spoor’s')
  await row.getByRole('button', { name: 'More for unkey' }).click()
  await page.getByRole('menuitem', { name: 'Restore Spoor’s' }).click()
  await expect(row).not.toContainText('your own')

  await page.getByRole('searchbox', { name: 'Find a source' }).fill('')
  const definition = `id: shared\ntitle: Shared by a colleague\nread: { as: json }\nrecognise: { all: [x.y] }\nevent: { user.name: x.y }\nsamples: [{ record: '{"x":{"y":"alice"}}', event: { user.name: bob } }]\n`
  await spoor.drop(log(home, 'shared.yaml', definition))
  await expect(editor(page, 'shared.yaml')).toBeVisible()
  await expect.poll(() => column(page, 'User')).toEqual(['alice | ✗ the sample says bob'])
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Shared by a colleague' })).toContainText('your own')
  const { stdout } = await spoorCommand(home, 'sources', '--json')
  const mine = (JSON.parse(stdout) as { sources: { id: string; origin: string }[] }).sources.filter(
    ({ origin }) => origin !== 'shipped'
  )
  expect(mine.map(({ id }) => id)).toEqual(['shared'])
})
