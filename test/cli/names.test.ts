import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-cli-names-'))
const folder = join(home, 'case.spoor')
const run = (...args: string[]) => spoor(home, [...args, '--case', folder])

const ada = '3b3c3d3e-aaaa-4000-8000-00000000000f'
const bob = '4b4c4d4e-bbbb-4000-8000-00000000000f'
const event = (n: number, userId: string) =>
  JSON.stringify({
    id: `e${n}`,
    time: 1773049267120 + n,
    realmId: 'acme',
    realmName: 'Acme',
    operationType: 'UPDATE',
    resourceType: 'REALM',
    resourcePath: 'x',
    authDetails: { realmId: 'acme', clientId: 'c', userId, ipAddress: '::ffff:203.0.113.9' }
  })

beforeAll(async () => {
  built()
  writeFileSync(join(home, 'admin.jsonl'), [event(1, ada), event(2, bob)].join('\n'))
  writeFileSync(join(home, 'people.csv'), `user id,username,email\n${ada},ada,ada@example.com\n`)
  writeFileSync(join(home, 'more.csv'), `user id,username\n${ada.toUpperCase()},ada.lovelace\n`)
  expect((await run('import', join(home, 'admin.jsonl'))).code).toBe(0)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('names on the command line', () => {
  it('come from a directory, imported like a log, with its books', async () => {
    const { code, out, err } = await run('import', join(home, 'people.csv'), '--as', 'directory', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out).evidence).toMatchObject([
      { kind: 'directory', source: 'directory', records: 1, names: 1, events: 0, unreadable: 0, balanced: true }
    ])
    expect(err).toContain('people.csv: a directory, no log: table of ids and names, which names 1 user')
    expect(err).toMatch(/^0 events and 1 name in \d+\.\d s$/m)
    const second = await run('import', join(home, 'more.csv'))
    expect([second.code, second.out]).toEqual([0, expect.stringContaining('directory')])
    expect((await run('verify')).code).toBe(0)
  })

  it('stand beside the ids where asked for, never in their place', async () => {
    const without = JSON.parse((await run('search', '', '--json')).out)
    expect(without.names).toBeUndefined()
    const { events, names } = JSON.parse((await run('search', '', '--json', '--names')).out)
    expect(events.map((one: Record<string, unknown>) => one['user.id'])).toEqual([bob, ada])
    expect(names).toEqual({ 'user.id': { [ada]: ['ada', 'ada.lovelace'] } })
    const table = (await run('search', '', '--names', '--fields', 'user.id')).out
    expect(table).toContain(`${ada} (ada / ada.lovelace)`)
    expect(table).toMatch(new RegExp(`^${bob}  `, 'm'))
    const csv = (await run('search', '', '--names', '--fields', 'user.id,event.action', '--format', 'csv')).out
    expect(csv.split('\r\n').slice(0, 3)).toEqual([
      '_id,user.id,event.action,names.user.id',
      expect.stringMatching(new RegExp(`^[0-9a-f]{12}-2,${bob},realm.update,$`)),
      expect.stringMatching(new RegExp(`^[0-9a-f]{12}-1,${ada},realm.update,ada / ada.lovelace$`))
    ])
    const [, line = ''] = (await run('search', '', '--names', '--format', 'ndjson')).out.trim().split('\n')
    expect(JSON.parse(line).names).toEqual({ 'user.id': ['ada', 'ada.lovelace'] })
  })

  it('find the events of their ids', async () => {
    expect((await run('count', 'names:ada')).out).toBe('1\n')
    expect((await run('count', 'names:Ada.*')).out).toBe('1\n')
    expect((await run('count', 'user.name:ada')).out).toBe('0\n')
  })

  it('are listed with their ids and events, and so are ids that none is known for', async () => {
    const { total, ids } = JSON.parse((await run('names', '--json')).out)
    expect([total, ids.length, ids[0].id, ids[0].events]).toEqual([1, 1, ada, 1])
    expect(ids[0].names.map(({ name, file, record }: Record<string, unknown>) => [name, file, record])).toEqual([
      ['ada', 'people.csv', 1],
      ['ada.lovelace', 'more.csv', 1]
    ])
    const listed = await run('names')
    expect(listed.out.split('\n')[1]).toMatch(
      new RegExp(`^user\\.id  ${ada} +1  ada / ada\\.lovelace  ada@example\\.com  user +people\\.csv / more\\.csv$`)
    )
    expect(listed.err).toBe('1 id named by directories\n')
    const bare = JSON.parse((await run('names', '--unresolved', '--json')).out)
    expect(bare.ids.map(({ field, id, events }: Record<string, unknown>) => [field, id, events])).toEqual([
      ['application.id', 'c', 2],
      ['resource.id', 'x', 2],
      ['user.id', bob, 1]
    ])
  })
})

describe('spoor show', () => {
  it('tells of each field the path, what was logged where it is written otherwise, and the line of the rule', async () => {
    const [{ _id: id }] = JSON.parse((await run('search', 'names:ada', '--json')).out).events
    const { provenance, names } = JSON.parse((await run('show', id, '--json', '--names')).out)
    expect(provenance['source.ip']).toMatchObject({
      path: 'authDetails.ipAddress',
      as: 'address',
      logged: '::ffff:203.0.113.9',
      source: 'keycloak.admin',
      file: 'keycloak.admin.yaml',
      line: expect.any(Number)
    })
    expect(provenance['event.category']).toMatchObject({
      sql: 'event.action realm.update fits realm.* of categories'
    })
    expect(names).toEqual({ 'user.id': ['ada', 'ada.lovelace'] })
    const { out } = await run('show', id, '--names')
    expect(out).toMatch(
      /^source\.ip +203\.0\.113\.9 +authDetails\.ipAddress, as address, logged “::ffff:203\.0\.113\.9” · line \d+$/m
    )
    expect(out).toMatch(
      new RegExp(`^user\\.id +${ada} \\(ada / ada\\.lovelace\\) +authDetails\\.userId · line \\d+$`, 'm')
    )
    expect(out).toContain('Read as keycloak.admin')
    expect(out).not.toContain('DIFFERS')
  })
})
