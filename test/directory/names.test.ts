import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everything } from '../../src-main/contract/filter'
import { nameText } from '../../src-main/contract/names'
import type { Answers } from '../../src-main/contract/query'
import { filterOf, parseQuery, printFilter } from '../../src-main/contract/query-text'
import { engineIn, temporaryFolder } from '../engine/folder'

const ada = '3b3c3d3e-aaaa-4000-8000-00000000000f'
const door = '44444444-0000-4000-8000-000000000009'
const unknown = '55555555-0000-4000-8000-000000000005'

const admin = (n: number, of: object) =>
  JSON.stringify({
    id: `e${n}`,
    time: 1773049267120 + n,
    realmId: 'acme',
    operationType: 'UPDATE',
    resourceType: 'CLIENT',
    resourcePath: 'clients/x',
    ...of
  })
const by = (userId: string, clientId = 'c') => ({ authDetails: { realmId: 'acme', userId, clientId } })

/** Events of two products, and two directories that differ about ada. */
async function filled() {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const events = file(
    'admin.jsonl',
    [
      admin(1, by(ada)),
      admin(2, by(ada.toUpperCase())),
      admin(3, by(unknown, door)),
      admin(4, { ...by(unknown), resourceType: 'USER', resourcePath: `users/${ada}` }),
      admin(5, by('5'))
    ].join('\n')
  )
  const first = file('users-2024.csv', `user id,username,email\n${ada},ada,ada@example.com\n5,Number Five,\n`)
  const second = file('users-2026.csv', `user id,username,email\n${ada.replaceAll('-', '')},ada.lovelace,\n`)
  const third = file('apps.csv', `client id,client name\n${door},Front door\n5,App Five\n`)
  const { refused } = await engine.importPaths({ paths: [events, first, second, third] })
  expect(refused).toEqual([])
  const count = async (query: string) =>
    ((await engine.ask({ select: 'count', filter: filterOf(query) })) as Answers['count']).count
  return { engine, count, folder }
}

describe('a name of an id', () => {
  it('is found whatever way the log writes a UUID, and both stand where directories differ', async () => {
    const { engine } = await filled()
    const found = await engine.namesOf([
      { field: 'user.id', id: ada },
      { field: 'user.id', id: ada.toUpperCase() },
      { field: 'resource.id', id: ada.replaceAll('-', '') },
      { field: 'user.id', id: unknown }
    ])
    expect(found.map(nameText)).toEqual(['ada / ada.lovelace', 'ada / ada.lovelace', 'ada / ada.lovelace', ''])
    expect(found[0]?.map(({ name, email, kind, file, record }) => [name, email, kind, file, record])).toEqual([
      ['ada', 'ada@example.com', 'user', 'users-2024.csv', 1],
      ['ada.lovelace', undefined, 'user', 'users-2026.csv', 1]
    ])
  })

  it('that is a number is of the kind the field speaks of', async () => {
    const { engine } = await filled()
    const found = await engine.namesOf([
      { field: 'user.id', id: '5' },
      { field: 'application.id', id: '5' },
      { field: 'organization.id', id: '5' },
      { field: 'resource.id', id: '5' },
      { field: 'resource.id', id: '5', type: 'User' }
    ])
    expect(found.map(nameText)).toEqual(['Number Five', 'App Five', '', '', 'Number Five'])
  })

  it('finds the events of its ids, by name or e-mail, with wildcards, or of one field', async () => {
    const { count } = await filled()
    expect(await count('names:ada')).toBe(3)
    expect(await count('names:ADA.lovelace')).toBe(3)
    expect(await count('names:ada@example.com')).toBe(3)
    expect(await count('names:ad*')).toBe(3)
    expect(await count('names.user.id:ada')).toBe(2)
    expect(await count('names.user.target.id:ada')).toBe(1)
    expect(await count('names:"front door"')).toBe(1)
    expect(await count('names:(ada or "Front door")')).toBe(4)
    expect(await count('names:*')).toBe(5)
    expect(await count('-names:*')).toBe(0)
    expect(await count('names:nobody')).toBe(0)
    expect(await count('user.name:ada')).toBe(0)
    expect(await count('ada')).toBe(0)
  })

  it('is listed with its id and its events; ids without one beside it and without a directory are listed too', async () => {
    const { engine } = await filled()
    const named = await engine.ids({ named: true, limit: 10 })
    expect(named.total).toBe(6)
    expect(named.ids.map(({ field, id, events, names }) => [field, id, events, nameText(names)])).toEqual(
      [
        ['resource.id', ada, 1, 'ada / ada.lovelace'],
        ['user.id', ada, 1, 'ada / ada.lovelace'],
        ['user.id', '5', 1, 'Number Five'],
        ['user.target.id', ada, 1, 'ada / ada.lovelace'],
        ['application.id', door, 1, 'Front door'],
        ['user.id', ada.toUpperCase(), 1, 'ada / ada.lovelace']
      ].sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))
    )
    const bare = await engine.ids({ named: false, limit: 2 })
    expect(bare.ids).toEqual([
      { field: 'organization.id', id: 'acme', events: 5, names: [] },
      { field: 'application.id', id: 'c', events: 4, names: [] }
    ])
    expect(bare.total).toBe(4)
    expect((await engine.ids({ named: false, limit: 10, offset: 2 })).ids.map(({ id }) => id)).toEqual([
      'clients/x',
      unknown
    ])
  })

  it('is a view of its own in SQL', async () => {
    const { engine } = await filled()
    const { rows } = await engine.sql(
      `SELECT n.name, count(*) FROM event e JOIN name n ON n.id = e."user.id" GROUP BY ALL ORDER BY ALL`,
      10
    )
    expect(rows.map((row) => [...row])).toEqual([
      ['App Five', 1],
      ['Number Five', 1],
      ['ada', 1]
    ])
  })

  it('counts in a facet’s search', async () => {
    const { engine } = await filled()
    const filter = { kind: 'named', field: 'user.id', pattern: '*lovelace*' } as const
    const { facets } = (await engine.ask({ select: 'facets', filter, by: ['user.id'], limit: 5 })) as Answers['facets']
    expect(facets[0]?.values.map(({ value }) => value).sort()).toEqual([ada, ada.toUpperCase()].sort())
  })
})

it('a case without directories answers with no names', async () => {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  expect(await engine.namesOf([{ field: 'user.id', id: ada }])).toEqual([[]])
  expect(await engine.ids({ named: true, limit: 5 })).toEqual({ total: 0, ids: [] })
  expect((await engine.ask({ select: 'count', filter: filterOf('names:*') })) as Answers['count']).toMatchObject({
    count: 0
  })
  expect((await engine.caseState())?.names).toBe(0)
  expect(everything).toEqual({ kind: 'and', of: [] })
})

describe('names: in a query', () => {
  it.each([
    ['names:alice', { kind: 'named', pattern: 'alice' }],
    ['names:ali*', { kind: 'named', pattern: 'ali*' }],
    ['names:"Front door"', { kind: 'named', pattern: 'Front door' }],
    ['names:"5 * 5"', { kind: 'named', pattern: '5 \\* 5' }],
    ['names.user.id:alice', { kind: 'named', pattern: 'alice', field: 'user.id' }],
    ['-names:*', { kind: 'not', of: { kind: 'named', pattern: '*' } }]
  ] as const)('%s is read, and prints as text that reads back', (text, filter) => {
    expect(filterOf(text)).toEqual(filter)
    expect(filterOf(printFilter(filter))).toEqual(filter)
  })

  it.each([
    ['names:/ali/', 'A name is written as it is, with * for any letters: names:ali*'],
    ['names:>5', 'A name is written as it is, with * for any letters: names:ali*'],
    ['names.event.id:x', 'No event has a field "names.event.id".']
  ])('%s is refused with a sentence', (text, sentence) => {
    expect(parseQuery(text).errors?.[0].message).toContain(sentence)
  })
})
