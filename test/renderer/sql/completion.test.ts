import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { sqlCompletion } from '../../../src-renderer/components/sql/sql-completion'
import { sqlLanguage } from '../../../src-renderer/components/sql/sql-language'
import type { Vocabulary } from '../../../src-renderer/components/sql/sql-vocabulary'

const vocabulary: Vocabulary = {
  columns: [
    { table: 'event', name: 'user.name', type: 'VARCHAR', about: 'The account that acted.' },
    { table: 'event', name: '@timestamp', type: 'TIMESTAMP', about: 'When it happened.' },
    { table: 'event', name: 'message', type: 'VARCHAR', about: '' },
    { table: 'record', name: 'line', type: 'BIGINT', about: 'The line.' }
  ],
  functions: [{ name: 'date_trunc', kind: 'scalar', call: 'date_trunc(part, timestamp)', about: 'Cuts a time.' }]
}
const asked: string[] = []

/** What is offered where the bar stands. */
async function offered(text: string) {
  const pos = text.indexOf('▮')
  const state = EditorState.create({ doc: text.replace('▮', ''), extensions: sqlLanguage })
  const source = sqlCompletion(
    () => vocabulary,
    async (field, part) => {
      asked.push(`${field}:${part}`)
      return [
        { value: "O'Hara", count: 1204 },
        { value: 'alice', count: 7 }
      ]
    }
  )
  const found = await source(new CompletionContext(state, pos, false))
  return found && { ...found, labels: found.options.map(({ label }) => label) }
}

it.each([
  ['SELECT user▮ FROM event', 'user.name', '"user.name"'],
  ['SELECT "@timestamp", user.na▮ FROM event', 'user.name', '"user.name"'],
  ['SELECT @ti▮ FROM event', '@timestamp', '"@timestamp"'],
  ['SELECT mes▮', 'message', 'message'],
  ['SELECT lin▮ FROM record', 'line', 'line'],
  ['SELECT dat▮', 'date_trunc', 'date_trunc('],
  ['SELECT "us▮" FROM event', '"user.name"', '"user.name"']
])('offers in %s the column %s, and writes %s', async (text, label, written) => {
  const found = await offered(text)
  const option = found?.options.find((one) => one.label === label)
  expect(option?.apply).toBe(written)
})

it('replaces the whole of a quoted name, its closing quote too', async () => {
  const found = await offered('SELECT "us▮" FROM event')
  expect([found?.from, found?.to]).toEqual([7, 11])
})

it('offers the columns of the tables that the statement names', async () => {
  expect((await offered('SELECT l▮ FROM record'))?.labels).not.toContain('user.name')
  expect((await offered('SELECT l▮ FROM record JOIN event USING (_id)'))?.labels).toContain('user.name')
})

it('offers tables after FROM and JOIN, and nothing else', async () => {
  expect((await offered('SELECT 1 FROM ▮'))?.labels).toEqual(['event', 'record', 'name', 'mark'])
  expect((await offered('SELECT 1 FROM event JOIN re▮'))?.labels).toEqual(['event', 'record', 'name', 'mark'])
})

it.each([
  [`SELECT 1 FROM event WHERE "user.name" = 'al▮`, 'user.name:al'],
  [`SELECT 1 FROM event WHERE "user.name" ILIKE '%al▮'`, 'user.name:al'],
  [`SELECT 1 FROM event WHERE "user.name" NOT IN ('x', 'O''Hara', 'al▮')`, 'user.name:al']
])('offers in %s the values of the field, with their counts', async (text, question) => {
  const found = await offered(text)
  expect(asked.at(-1)).toBe(question)
  const closed = text.endsWith("▮'") || text.endsWith("▮')")
  expect(found?.options[0]).toMatchObject({ label: "O'Hara", apply: closed ? "O''Hara" : "O''Hara'", detail: '1,204' })
})

it('wants no values any more once something else is typed', async () => {
  const doc = `SELECT 1 FROM event WHERE "user.name" = 'al`
  const context = new CompletionContext(EditorState.create({ doc, extensions: sqlLanguage }), doc.length, false)
  const heard: (() => void)[] = []
  context.addEventListener = (_, listener, options) => {
    if (options?.onDocChange) heard.push(listener)
  }
  let signal = new AbortController().signal
  const source = sqlCompletion(
    () => vocabulary,
    async (_, __, wanted) => {
      signal = wanted
      return []
    }
  )
  await source(context)
  expect(signal.aborted).toBe(false)
  for (const stop of heard) stop()
  expect(signal.aborted).toBe(true)
})

it.each(["SELECT 'us▮'", 'SELECT 1 -- us▮', 'SELECT /* us▮ */ 1', 'SELECT "user.name"▮', 'SELECT 1, ▮'])(
  'offers nothing in %s',
  async (text) => {
    expect(await offered(text)).toBeNull()
  }
)
