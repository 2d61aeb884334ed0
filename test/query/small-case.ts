import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll } from 'vitest'
import type { AnyField, Field, Value } from '../../src-main/contract/event'
import type { Facet } from '../../src-main/contract/query'
import { Asking } from '../../src-main/engine/query/run'
import type { Run } from '../../src-main/engine/query/statement'
import { storedFields, tables, views } from '../../src-main/engine/store/schema'
import { identifier } from '../../src-main/engine/store/sql'

export interface Entry {
  readonly status?: 'event' | 'undated' | 'unreadable' | 'blank'
  readonly shown?: boolean
  readonly raw: string
  readonly document?: string
  readonly fields: { readonly [F in Field]?: unknown }
}

const sha = { first: 'aaaabbbbcccc'.padEnd(64, '1'), second: 'ddddeeeeffff'.padEnd(64, '2') }

/** What the geo-IP database says in this case. */
export const places = [
  {
    ip: '81.2.69.142',
    kind: 'public',
    country_iso_code: 'GB',
    country_name: 'United Kingdom',
    city_name: 'London',
    lat: 51.5,
    lon: -0.12
  },
  {
    ip: '81.2.69.143',
    kind: 'public',
    country_iso_code: 'GB',
    country_name: 'United Kingdom',
    city_name: 'London',
    lat: 51.5,
    lon: -0.12
  },
  {
    ip: '2001:4860:4860::8888',
    kind: 'public',
    country_iso_code: 'US',
    country_name: 'United States',
    city_name: 'Mountain View',
    lat: 37.4,
    lon: -122.1
  },
  {
    ip: '202.12.27.33',
    kind: 'public',
    country_iso_code: 'FJ',
    country_name: 'Fiji',
    city_name: null,
    lat: -17.7,
    lon: 178
  },
  {
    ip: '10.0.0.5',
    kind: 'private',
    country_iso_code: null,
    country_name: null,
    city_name: null,
    lat: null,
    lon: null
  },
  {
    ip: '10.200.0.1',
    kind: 'private',
    country_iso_code: null,
    country_name: null,
    city_name: null,
    lat: null,
    lon: null
  },
  {
    ip: '192.0.2.1',
    kind: 'unknown',
    country_iso_code: null,
    country_name: null,
    city_name: null,
    lat: null,
    lon: null
  }
] as const

/** A login, a key that is made and used, odd names, an undated record, a duplicate, broken records. */
export const entries: readonly Entry[] = [
  login('2026-03-09T09:41:07.120Z', 'alice', '81.2.69.142', 'success'),
  login('2026-03-09T09:41:07.120Z', 'Alice', '81.2.69.143', 'failure'),
  login('2026-03-09T10:15:00.000001Z', 'bob', '10.0.0.5', 'success'),
  login('2026-03-10T23:59:59.999999Z', 'ACME\\svc_100%', '10.200.0.1', 'failure'),
  login('2026-03-29T00:30:00.000Z', 'résumé', '2001:4860:4860::8888', 'success'),
  login('2026-03-29T01:30:00.000Z', 'RÉSUMÉ', '2001:4860:4860:0:0:0:0:8888', 'success'),
  login('2026-10-25T00:30:00.000Z', 'say "hi" [x]', '202.12.27.33', undefined),
  login('2026-10-25T01:30:00.000Z', "o'brien", '192.0.2.1', 'failure'),
  login('1969-12-31T23:59:59.999Z', 'epoch', '::1', undefined),
  {
    raw: '{"op":"key.create","key":{"id":"key_1","roles":["viewer","admin"],"size":5,"odd key":{"x.y":"deep/down~"}},"big":12345678901234567890}',
    fields: {
      '@timestamp': '2026-04-01T12:00:00.000Z',
      'event.action': 'key.create',
      'event.category': 'iam',
      'event.id': 'e-10',
      'event.severity': 4,
      'event.user_action': true,
      'user.name': 'alice',
      'resource.name': 'key_1',
      'resource.type': 'key',
      'source.address': 'backend',
      labels: '{"team":"red"}',
      'change.before': '{"role":"viewer"}',
      'change.after': '{"role":"admin"}',
      'change.fields': ['role', 'name'],
      'change.basis': 'logged',
      'http.response.status_code': 201,
      'url.path': '/api/v1/keys'
    }
  },
  {
    raw: '{"op":"key.delete","key":{"id":"key_1","size":"40"},"note":"\\u00c4rger \\"quoted\\"","n":null}',
    fields: {
      '@timestamp': '2026-04-01T13:00:00.000Z',
      'event.action': 'Key.Delete',
      'event.category': 'iam',
      'event.severity': 2,
      'event.user_action': false,
      'user.name': 'alice',
      'resource.name': 'key_1',
      'source.address': '10.1.2.3',
      'change.fields': ['Role'],
      'http.response.status_code': 500,
      'url.path': '/api/v1/keys/key_1',
      message: '😀 done\nnext line'
    }
  },
  {
    status: 'undated',
    raw: 'u1,carol,invite',
    document: '{"who":"carol","what":"invite","key":{"size":7}}',
    fields: { 'event.action': 'invite', 'user.name': 'carol', 'source.ip': '81.2.69.142', 'change.fields': [] }
  },
  {
    status: 'undated',
    raw: 'u2,dave,invite',
    document: '{"who":"dave","what":"invite"}',
    fields: { 'event.action': 'invite', 'user.name': 'dave' }
  },
  // Not shown: the same once more, a broken line, an empty one.
  { ...login('2026-03-09T09:41:07.120Z', 'alice', '81.2.69.142', 'success'), shown: false },
  { status: 'unreadable', shown: false, raw: '{"op":"key.create","key":', fields: {} },
  { status: 'blank', shown: false, raw: '', fields: {} },
  // Shown, though its record is no JSON.
  {
    raw: 'not json at all { "alice"',
    fields: { '@timestamp': '2026-04-02T00:00:00.000Z', 'user.name': 'mallory', 'event.action': '' }
  },
  login('2026-04-02T00:00:00.000Z', 'alice', '81.2.69.143', 'success')
]

function login(time: string, user: string, ip: string, outcome: 'success' | 'failure' | undefined): Entry {
  return {
    raw: JSON.stringify({
      op: 'login',
      time,
      who: { name: user },
      ip,
      ...(outcome ? { ok: outcome === 'success' } : {})
    }),
    fields: {
      '@timestamp': time,
      'event.action': 'login',
      'event.category': 'authentication',
      'event.severity': 1,
      'user.name': user,
      'source.ip': ip,
      ...(outcome ? { 'event.outcome': outcome } : {})
    }
  }
}

/** The records of the second file begin here. */
export const secondFile = 9

/** A case of two files in memory. */
export async function smallCase(): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false'
  })
  const connection = await instance.connect()
  await connection.run(tables)
  await connection.run(views)
  const files = [
    [1, sha.first, 0, secondFile],
    [2, sha.second, secondFile, entries.length - secondFile]
  ] as const
  for (const [id, hash, first, records] of files)
    await connection.run(
      `INSERT INTO evidence VALUES ($1::INTEGER, $2, 'log', 'log', 'log', 1, '', '', 'test', '[]', $3::BIGINT, $4::BIGINT, '{}')`,
      [id, hash, first, records]
    )
  for (const [index, entry] of entries.entries()) {
    const names = storedFields.filter((field) => entry.fields[field] !== undefined)
    const columns = ['evidence', 'status', 'shown', 'raw', 'document', ...names.map(identifier)]
    const lists = names.map((field, at) =>
      Array.isArray(entry.fields[field]) ? `$${at + 6}::JSON::VARCHAR[]` : `$${at + 6}`
    )
    const own = [
      index < secondFile ? 1 : 2,
      entry.status ?? 'event',
      entry.shown ?? true,
      entry.raw,
      entry.document ?? null
    ]
    const values = names.map((field) => {
      const value = entry.fields[field]
      return Array.isArray(value) ? JSON.stringify(value) : (value as string | number | boolean)
    })
    await connection.run(
      `INSERT INTO entry (${columns.join(', ')}) VALUES ($1::INTEGER, $2::status, $3, $4, $5${lists.map((l) => `, ${l}`).join('')})`,
      [...own, ...values]
    )
  }
  for (const place of places)
    await connection.run(
      'INSERT INTO place VALUES ($1, $2, $3, $4, $5, $6::DOUBLE, $7::DOUBLE)',
      Object.values(place) as string[]
    )
  connection.closeSync()
  return instance
}

/** Runs statements on a connection as a case does: whole numbers are JavaScript numbers. */
export const runOn =
  (connection: DuckDBConnection): Run =>
  async ({ sql, values }) => {
    const reader = await connection.runAndReadAll(sql, [...values])
    const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
    return reader
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
  }

/** The small case, for all tests of a file: gone when they have run. */
export async function openSmallCase(): Promise<{ readonly instance: DuckDBInstance; readonly asking: Asking }> {
  const instance = await smallCase()
  const asking = new Asking(instance, 2)
  afterAll(async () => {
    await asking.close()
    instance.closeSync()
  })
  return { instance, asking }
}

/** What identifies the record at this index of `entries`. */
export const idOf = (index: number): string =>
  index < secondFile ? `${sha.first.slice(0, 12)}-${index + 1}` : `${sha.second.slice(0, 12)}-${index - secondFile + 1}`

/** A facet as it is expected: its values with their counts, and what is beside them. */
export const facet = (
  field: AnyField,
  values: readonly (readonly [Value, number])[],
  beside: Pick<Facet, 'absent' | 'rest' | 'distinct'>
): Facet => ({ field, values: values.map(([value, count]) => ({ value, count })), ...beside })
