import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { built, log, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-cli-asked-'))
const folder = join(home, 'case.spoor')

beforeAll(async () => {
  built()
  await spoor(home, ['import', log, '--case', folder])
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

it.each([
  [['search', 'user.name:alice'], [{ query: 'user.name:alice', found: 2 }]],
  [['search', ''], []],
  [['count', 'event.outcome:failure', '--by', 'user.name'], [{ query: 'event.outcome:failure', found: 1 }]],
  [
    ['compare', 'user.name:alice', 'event.action:DeleteUser'],
    [
      { query: 'user.name:alice', found: 2 },
      { query: 'event.action:DeleteUser', found: 1 }
    ]
  ],
  [['sql', 'SELECT count(*) FROM record'], [{ sql: 'SELECT count(*) FROM record', found: 1 }]]
])('what is asked by spoor %j stands in the chain of custody, with what it found', async (words, told) => {
  const custody = () =>
    readFileSync(join(folder, 'custody.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const before = custody().length
  expect((await spoor(home, [...words, '--case', folder])).code).toBe(0)
  const asked = custody()
    .slice(before)
    .filter(({ did }) => did === 'searched')
  expect(asked.map(({ detail }) => detail)).toEqual(told)
})
