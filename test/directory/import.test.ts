import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../src-main/contract/evidence'
import type { Engine } from '../../src-main/contract/rpc'
import { engineIn, temporaryFolder } from '../engine/folder'

const fixtures = resolve(import.meta.dirname, '../fixtures/directory')
const fixture = (name: string) => join(fixtures, name)

async function newCase() {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const state = await engine.createCase({ name: 'c' })
  return { engine, folder, state }
}

async function names(engine: Engine): Promise<unknown[][]> {
  const { rows } = await engine.sql('SELECT kind, id, name, email FROM name ORDER BY file, record, id', 100)
  return rows.map((row) => [...row])
}

const books = ({ kind, source, records, names: named, unreadable, blank, events, balanced, notes }: LedgerLine) => ({
  kind,
  source,
  records,
  names: named,
  unreadable,
  blank,
  events,
  balanced,
  note: notes[0]
})

const expected: Readonly<Record<string, { said: string; names: unknown[][]; unreadable?: number; blank?: number }>> = {
  'keycloak-realm.json': {
    said: 'Keycloak realm export, which names 2 roles, 2 groups, 2 users, 1 application, 1 organization',
    names: [
      ['role', '11111111-0000-4000-8000-000000000001', 'auditor', null],
      ['role', '11111111-0000-4000-8000-000000000002', 'manage-users', null],
      ['group', '22222222-0000-4000-8000-000000000002', '/staff/night', null],
      ['group', '22222222-0000-4000-8000-000000000001', '/staff', null],
      ['user', '33333333-0000-4000-8000-000000000001', 'ada', 'ada@example.com'],
      ['user', '33333333-0000-4000-8000-000000000002', 'bob \u202e"quoted"', null],
      ['application', '44444444-0000-4000-8000-000000000001', 'storefront', null],
      ['organization', '0b5e9c1d-7f3a-4c26-9d18-4a6be2f0c751', 'shop', null]
    ],
    unreadable: 1
  },
  'keycloak-users.json': {
    said: 'Keycloak users, which names 1 user',
    names: [['user', '33333333-0000-4000-8000-000000000001', 'ada.lovelace', 'ada@example.com']]
  },
  'scim-list.json': {
    said: 'SCIM, which names 1 user, 1 group',
    names: [
      ['user', '2819c223-7f76-453a-919d-413861904646', 'bjensen@example.com', 'bjensen@example.com'],
      ['user', '701984', 'bjensen@example.com', 'bjensen@example.com'],
      ['group', 'e9e30dba-f08f-4109-8486-d5c6a331660a', 'Tour Guides', null]
    ]
  },
  'authentik-users-page.json': {
    said: 'authentik users, which names 2 users',
    names: [
      ['user', '5', 'akadmin', 'root@example.com'],
      ['user', 'aa0b9b6d', 'akadmin', 'root@example.com'],
      ['user', 'b1d1d3c7-3c1a-4f27-9a3f-0d6f3c0e8d11', 'akadmin', 'root@example.com'],
      ['user', '6', 'mara', null],
      ['user', 'bb', 'mara', null],
      ['user', 'c1d1d3c7-3c1a-4f27-9a3f-0d6f3c0e8d12', 'mara', null]
    ]
  },
  'okta-users.json': {
    said: 'Okta users, which names 1 user',
    names: [['user', '00ub0oNGTSWTBKOLGLNR', 'isaac.brock@example.com', 'isaac.brock@example.com']]
  },
  'entra-users.json': {
    said: 'Entra users, which names 1 user',
    names: [['user', '6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0', 'adams@example.com', 'adams@example.com']]
  },
  'github-members.json': {
    said: 'GitHub members, which names 2 users',
    names: [
      ['user', '583231', 'octocat', null],
      ['user', 'MDQ6VXNlcjU4MzIzMQ==', 'octocat', null],
      ['user', '480938', 'hubot', null],
      ['user', 'MDQ6VXNlcjQ4MDkzOA==', 'hubot', null]
    ]
  },
  'users.csv': {
    said: 'table of ids and names, which names 2 users',
    names: [
      ['user', 'u-1', 'ada', 'ada@example.com'],
      ['user', 'u-2', 'bob', null]
    ],
    unreadable: 1,
    blank: 1
  },
  'people.jsonl': {
    said: 'list of ids and names, which names 2 objects',
    names: [
      ['object', 'k1', 'Kim', null],
      ['object', 'k2', 'Lee', null]
    ],
    unreadable: 1
  }
}

describe('a directory', () => {
  it.each(Object.entries(expected))(
    'such as %s is known by itself, every record accounted for',
    async (name, wanted) => {
      const { engine } = await newCase()
      const { evidence, refused, events } = await engine.importPaths({ paths: [fixture(name)] })
      expect(refused).toEqual([])
      expect(events).toBe(0)
      const named = new Set(wanted.names.map(([, , called, , ...rest]) => `${called} ${rest}`)).size
      const { unreadable = 0, blank = 0 } = wanted
      expect(evidence.map(books)).toEqual([
        {
          kind: 'directory',
          source: 'directory',
          records: named + unreadable + blank,
          names: named,
          unreadable,
          blank,
          events: 0,
          balanced: true,
          note: `a directory, no log: ${wanted.said}`
        }
      ])
      expect(await names(engine)).toEqual(wanted.names)
      expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
      expect((await engine.caseState())?.names).toBe(named)
    }
  )

  it('is what the fixtures are', () => {
    expect(readdirSync(fixtures).sort()).toEqual(Object.keys(expected).sort())
  })

  it('keeps what gives no name, with its text, its place and why', async () => {
    const { engine } = await newCase()
    const { evidence } = await engine.importPaths({ paths: [fixture('users.csv'), fixture('keycloak-realm.json')] })
    const [csv, realm] = evidence
    const kept = await engine.records({ evidence: csv?.sha256 ?? '', status: 'unreadable', limit: 10 })
    expect(kept).toMatchObject([
      {
        text: ';nobody;;2024-01-03 10:00:00',
        why: 'no id, or no name beside it',
        place: { record: 4, line: 5, offset: 110, length: 28 }
      }
    ])
    const [user] = await engine.records({ evidence: realm?.sha256 ?? '', status: 'unreadable', limit: 10 })
    expect(user?.text).toBe('{ "id": "33333333-0000-4000-8000-000000000003", "enabled": true }')
    expect(user?.place.line).toBe(24)
    const bytes = readFileSync(fixture('keycloak-realm.json')).subarray(user?.place.offset)
    expect(bytes.toString('utf8').startsWith(user?.text ?? '')).toBe(true)
  })

  it('is read compressed and in UTF-16 as well', async () => {
    const { engine, folder } = await newCase()
    writeFileSync(join(folder, 'realm.json.gz'), gzipSync(readFileSync(fixture('keycloak-realm.json'))))
    const csv = readFileSync(fixture('users.csv'), 'utf8')
    writeFileSync(join(folder, 'users.csv'), Buffer.from(`\uFEFF${csv}`, 'utf16le'))
    const { evidence } = await engine.importPaths({
      paths: [join(folder, 'realm.json.gz'), join(folder, 'users.csv')]
    })
    expect(evidence.map(({ names: named, balanced }) => [named, balanced])).toEqual([
      [8, true],
      [2, true]
    ])
    const [kept] = await engine.records({ evidence: evidence[1]?.sha256 ?? '', status: 'unreadable', limit: 10 })
    expect(kept?.text).toBe(';nobody;;2024-01-03 10:00:00')
  })

  it('of one list in blocks of any size is the same', async () => {
    const { ListWalk } = await import('../../src-main/engine/import/list-walk')
    const bytes = readFileSync(fixture('keycloak-realm.json'))
    const walked = (size: number) => {
      const found: string[] = []
      const walk = new ListWalk(
        ({ path, bytes: element, offset, length, line }) =>
          found.push(`${path} ${offset} ${length} ${line} ${element.toString('utf8')}`),
        0,
        (path) => path === 'groups.subGroups'
      )
      for (let at = 0; at < bytes.length; at += size) walk.push(bytes.subarray(at, at + size))
      walk.end()
      return { found, root: walk.root }
    }
    const whole = walked(bytes.length)
    expect(whole.found).toHaveLength(9)
    expect(whole.root).toEqual({ id: '0b5e9c1d-7f3a-4c26-9d18-4a6be2f0c751', realm: 'shop' })
    for (const size of [1, 2, 7, 64, 500]) expect(walked(size)).toEqual(whole)
  })

  it('that is cut off keeps what came before, and says of the rest that the file ends inside it', async () => {
    const { engine, folder } = await newCase()
    const whole = readFileSync(fixture('github-members.json'))
    writeFileSync(join(folder, 'cut.json'), whole.subarray(0, whole.length - 30))
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'cut.json')] })
    expect(evidence.map(books)).toMatchObject([{ records: 2, names: 1, unreadable: 1, balanced: true }])
    const [cut] = await engine.records({ evidence: evidence[0]?.sha256 ?? '', status: 'unreadable', limit: 1 })
    expect(cut?.why).toBe('the file ends inside this record')
  })

  it('is not taken for one where its rows tell what happened, unless the analyst says so; and the other way round', async () => {
    const { engine, folder } = await newCase()
    const log = join(folder, 'log.csv')
    writeFileSync(
      log,
      'time,user id,username,action\n2026-03-09T09:41:07Z,1,ada,login\n2026-03-09T09:42:07Z,2,bob,login\n'
    )
    const asLog = await engine.importPaths({ paths: [log] })
    expect(asLog.evidence.map(({ kind, events }) => [kind, events])).toEqual([[undefined, 2]])
    await engine.createCase({ name: 'd' })
    const said = await engine.importPaths({ paths: [log], as: 'directory' })
    expect(said.evidence.map(({ kind, names: named }) => [kind, named])).toEqual([['directory', 2]])
    await engine.createCase({ name: 'e' })
    const users = await engine.importPaths({ paths: [fixture('users.csv')], as: 'log' })
    expect(users.evidence.map(({ kind, events }) => [kind, events])).toEqual([[undefined, 3]])
  })

  it('without ids or names is refused with the way out', async () => {
    const { engine, folder } = await newCase()
    writeFileSync(join(folder, 'odd.csv'), 'colour,size\nred,1\nblue,2\n')
    const { refused } = await engine.importPaths({ paths: [join(folder, 'odd.csv')], as: 'directory' })
    expect(refused[0]?.message).toBe(
      'odd.csv gives no names: none of its lists or columns has an id (id, uuid, user_id, …) with a name beside it (username, name, email, …).'
    )
  })

  it('leaves nothing behind when its import fails, and is not added twice', async () => {
    const { engine } = await newCase()
    const first = await engine.importPaths({ paths: [fixture('users.csv')] })
    const again = await engine.importPaths({ paths: [fixture('users.csv')] })
    expect(again.evidence.map(({ already, names: named }) => [already, named])).toEqual([[true, 2]])
    expect(await names(engine)).toHaveLength(2)
    expect(first.evidence).toHaveLength(1)
    expect(await engine.ledger()).toHaveLength(1)
  })

  it('takes no log of the sample case for a directory', async () => {
    const { engine } = await newCase()
    const samples = resolve(import.meta.dirname, '../../resources/samples')
    const { evidence } = await engine.importPaths({ paths: [samples] })
    expect(evidence.filter(({ kind }) => kind === 'directory')).toEqual([])
  })
})
