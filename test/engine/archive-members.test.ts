import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src-main/contract/rpc'
import { zip } from './archives'
import { engineIn, temporaryFolder } from './folder'

const before = `id: doors
title: Doors
read: { as: csv }
recognise: { all: [when, badge, what] }
event: { "@timestamp": when, user.name: badge }
samples: []
`
const after = before.replace('user.name: badge', 'user.name: holder')
const csv = (day: number) => `id,when,badge,holder,what
1,2026-03-0${day}T08:41:07Z,b-${day},alice,open
2,2026-03-0${day}T08:42:07Z,b-${day},bob,open
`
const users = readFileSync(resolve(import.meta.dirname, '../fixtures/directory/keycloak-users.json'))

async function imported() {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  await engine.saveSource(before)
  const path = join(folder, 'doors.zip')
  writeFileSync(
    path,
    zip([
      { name: 'monday.csv', bytes: Buffer.from(csv(2)) },
      { name: 'users.json', bytes: users },
      { name: 'tuesday.csv.gz', bytes: gzipSync(csv(3)) },
      { name: 'inner.zip', bytes: zip([{ name: 'wednesday.csv', bytes: Buffer.from(csv(4)) }]) }
    ])
  )
  const result = await engine.importPaths({ paths: [path] })
  expect(result.refused).toEqual([])
  return { engine, path, result }
}

const names = async (engine: Engine) =>
  (await engine.sql('SELECT _id, "user.name" FROM event ORDER BY "@timestamp"', 100)).rows

describe('members of an archive', () => {
  it('are read once more when the archive is imported so, under the ids they have', async () => {
    const { engine, path } = await imported()
    const was = await names(engine)
    expect(was.map(([, name]) => name)).toEqual(['b-2', 'b-2', 'b-3', 'b-3', 'b-4', 'b-4'])
    await engine.saveSource(after)
    const again = await engine.importPaths({ paths: [path], again: true })
    expect(again.refused).toEqual([])
    expect(again.evidence.map(({ name, already, again: read }) => [name, already, read?.before])).toEqual([
      ['doors.zip › monday.csv', undefined, 'doors'],
      ['doors.zip › users.json', true, undefined],
      ['doors.zip › tuesday.csv.gz', undefined, 'doors'],
      ['doors.zip › inner.zip › wednesday.csv', undefined, 'doors']
    ])
    const now = await names(engine)
    expect(now.map(([id]) => id)).toEqual(was.map(([id]) => id))
    expect(now.map(([, name]) => name)).toEqual(['alice', 'bob', 'alice', 'bob', 'alice', 'bob'])
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  })

  it('are not kept a second time when their file comes by itself', async () => {
    const { engine, path } = await imported()
    const evidence = join((await engine.caseState())?.folder ?? '', 'evidence')
    const before = readdirSync(evidence)
    const alone = join(path, '..', 'alone')
    mkdirSync(alone)
    // One by itself, and one among others.
    for (const [name, day] of [
      ['a.csv', 2],
      ['b.csv', 4]
    ] as const)
      writeFileSync(join(alone, name), csv(day))
    for (const paths of [[join(alone, 'a.csv')], [alone]]) {
      const { evidence: lines } = await engine.importPaths({ paths })
      expect(lines.every(({ already }) => already)).toBe(true)
    }
    expect(readdirSync(evidence)).toEqual(before)
  })

  it('are read once more by themselves, from the archive', async () => {
    const { engine, result } = await imported()
    await engine.saveSource(after)
    const inner = result.evidence.at(-1)
    await engine.readAgain({ evidence: inner?.sha256 as string })
    expect((await names(engine)).map(([, name]) => name)).toEqual(['b-2', 'b-2', 'b-3', 'b-3', 'alice', 'bob'])
    const line = (await engine.ledger()).find(({ sha256 }) => sha256 === inner?.sha256)
    expect(line).toMatchObject({ name: inner?.name, archive: inner?.archive, again: { before: 'doors' }, events: 2 })
    expect((await engine.verify()).clean).toBe(true)
  })

  it.each([
    ['monday.csv', csv(2)],
    ['tuesday.csv.gz', csv(3)],
    ['wednesday.csv', csv(4)]
  ])('are looked into at the bytes of a record, packed or not: %s', async (name, content) => {
    const { engine, result } = await imported()
    const member = result.evidence.find((line) => line.name.endsWith(name))
    const [first, second] = await engine.records({ evidence: member?.sha256 as string, limit: 10 })
    expect([first?.place.line, second?.place.line]).toEqual([2, 3])
    const { offset, length } = second?.place ?? { offset: 0, length: 0 }
    const seen = await engine.evidenceBytes({ evidence: member?.sha256 as string, at: { offset }, length })
    expect(Buffer.from(seen.bytes, 'base64').toString()).toBe(content.split('\n')[2])
    expect(seen).toMatchObject({ name: member?.name, line: 3, lineBegins: true })
    const all = await engine.evidenceBytes({ evidence: member?.sha256 as string, at: { line: 1 }, length: 10_000 })
    expect(Buffer.from(all.bytes, 'base64').toString()).toBe(content)
    expect(all.total).toBe(content.length)
  })

  it('that name ids give names, with books of their own', async () => {
    const { engine, result } = await imported()
    const line = result.evidence[1]
    const entries = JSON.parse(users.toString()) as { id: string; username: string }[]
    expect(line).toMatchObject({
      kind: 'directory',
      name: 'doors.zip › users.json',
      names: entries.length,
      records: entries.length,
      events: 0,
      balanced: true,
      archive: { name: 'doors.zip', member: [1] }
    })
    const first = entries[0]
    const found = await engine.sql(`SELECT DISTINCT name FROM name WHERE id = '${first?.id}'`, 10)
    expect(found.rows).toEqual([[first?.username]])
    const [record] = await engine.records({ evidence: line?.sha256 as string, limit: 1 })
    expect(JSON.parse(record?.text ?? '')).toEqual(first)
  })
})
