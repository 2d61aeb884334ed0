import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const shipped = join(root, 'resources/samples')

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
const contentOf = (folder: string, path: string): string => {
  const bytes = readFileSync(join(folder, path))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
const json = (path: string) => JSON.parse(contentOf(shipped, path))

describe('the shipped samples', () => {
  let made = ''
  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), 'spoor-samples-'))
    execFileSync(process.execPath, [join(root, 'scripts/samples.mjs'), made], { stdio: 'ignore' })
  })
  afterAll(() => rmSync(made, { recursive: true, force: true }))

  it('are what the script makes, to the letter', () => {
    expect(filesIn(made)).toEqual(filesIn(shipped).filter((path) => path !== 'README.md'))
    for (const path of filesIn(made)) expect(contentOf(made, path), path).toBe(contentOf(shipped, path))
  })

  it('stay small enough to ship', () => {
    const bytes = filesIn(shipped).reduce((sum, path) => sum + statSync(join(shipped, path)).size, 0)
    expect(bytes).toBeLessThan(3_000_000)
  })

  it('name no mail domain that somebody could own', () => {
    const everything = filesIn(made).map((path) => contentOf(made, path))
    const domains = new Set(
      everything.flatMap((text) => [...text.matchAll(/@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/g)].map((m) => m[1]))
    )
    const reserved = [...domains].filter((domain) => !/(^|\.)example(\.com|\.org|\.net)?$/.test(domain ?? ''))
    expect(reserved).toEqual([])
  })
})

describe('the incident', () => {
  const pages = filesIn(shipped).filter((path) => path.includes('events-page-'))
  const authentik = pages.flatMap((path) => json(path).results as Record<string, string>[])

  it('puts one person on two continents within the hour', () => {
    const logins = authentik.filter(
      (event) =>
        event['action'] === 'login' &&
        event['created']?.startsWith('2026-11-05T08') &&
        (event['user'] as unknown as { username: string }).username === 'mara.lindqvist'
    )
    expect(logins.map((event) => [event['created']?.slice(11, 19), event['client_ip']])).toEqual([
      ['08:41:07', '159.89.200.10'],
      ['08:02:11', '91.32.232.199']
    ])
  })

  it('creates, widens, uses and revokes one Unkey key', () => {
    const log = json('unkey/audit-logs.json').data as {
      time: string
      event: string
      actor: { id: string }
      resources: { id: string }[]
    }[]
    const key = 'key_9GtLxQ4vBn7HcZp2KwRf'
    const about = log.filter((entry) => entry.resources.some(({ id }) => id === key)).map((entry) => entry.event)
    expect(about).toEqual([
      'key.create',
      'authorization.connect_permission_and_key',
      'key.update',
      'authorization.connect_permission_and_key',
      'authorization.connect_role_and_key',
      'authorization.disconnect_role_and_key',
      'key.delete'
    ])
    const deleted = log.filter((entry) => entry.actor.id === key && entry.event === 'key.delete')
    expect(deleted).toHaveLength(34)
    const minutes = (Date.parse(deleted.at(-1)?.time ?? '') - Date.parse(deleted[0]?.time ?? '')) / 60_000
    expect(minutes).toBeLessThan(18)
  })

  it('repeats seven events over two pages, and changes two between pages', () => {
    const seen = new Map<string, string>()
    let same = 0
    let different = 0
    for (const event of authentik) {
      const before = seen.get(event['pk'] ?? '')
      if (before === JSON.stringify(event)) same++
      else if (before) different++
      seen.set(event['pk'] ?? '', JSON.stringify(event))
    }
    expect({ same, different }).toEqual({ same: 7, different: 2 })
  })

  it('breaks exactly one line and leaves one empty', () => {
    const lines = contentOf(shipped, 'authorization-hub/hub-audit.log').trimEnd().split('\n')
    const broken = lines.filter((line) => {
      try {
        return line !== '' && !JSON.parse(line)
      } catch {
        return true
      }
    })
    expect(broken).toHaveLength(1)
    expect(lines.filter((line) => line === '')).toHaveLength(1)
  })
})
