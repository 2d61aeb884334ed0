import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src-main/contract/rpc'
import { engineIn, temporaryFolder } from '../engine/folder'

const before = `id: doors
title: Doors
read: { as: csv }
recognise: { all: [when, badge, what] }
event: { "@timestamp": when, user.name: badge }
samples: []
`
const after = before.replace('user.name: badge', 'user.name: holder, user.id: badge, event.action: what')
const csv = `id,when,badge,holder,what
1,2026-03-09T08:41:07Z,b-1,alice,open
2,2026-03-09T08:42:07Z,b-2,bob,open
3,2026-03-09T08:43:07Z,b-1,alice,close
`
const unkey = readFileSync(join(import.meta.dirname, '../fixtures/e2e/products/unkey.json'), 'utf8')

async function opened() {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: casePath } = await engine.createCase({ name: 'c' })
  await engine.saveSource(before)
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return { folder, engine, casePath, file }
}

const rows = async (engine: Engine, columns: string) =>
  (await engine.sql(`SELECT ${columns} FROM event ORDER BY "@timestamp", _id`, 100)).rows

const count = async (engine: Engine) => (await engine.caseState())?.events

describe('evidence read again', () => {
  it('has the events of the definition as it is now, under the same ids, and its bytes, name and times stay', async () => {
    const { engine, file, casePath } = await opened()
    await engine.importPaths({ paths: [file('doors.csv', csv), file('unkey.json', unkey)] })
    const [first] = await engine.ledger()
    const ids = await rows(engine, '_id, "user.name"')
    expect(ids.map(([, name]) => name)).toEqual(expect.arrayContaining(['b-1', 'b-2', 'b-1']))
    await engine.saveSource(after)
    const { evidence, events } = await engine.readAgain({ evidence: first?.sha256 as string })
    expect(events).toBe(3)
    expect(evidence[0]).toMatchObject({
      name: 'doors.csv',
      path: first?.path,
      sha256: first?.sha256,
      importedAt: first?.importedAt,
      modifiedAt: first?.modifiedAt,
      source: 'doors',
      records: 3,
      events: 3,
      balanced: true,
      again: { at: expect.any(String), before: 'doors' }
    })
    const now = await rows(engine, '_id, "user.name", "user.id", "event.action"')
    const doors = now.filter(([id]) => String(id).startsWith(first?.sha256.slice(0, 12) as string))
    expect(doors.map(([, ...values]) => values)).toEqual([
      ['alice', 'b-1', 'open'],
      ['bob', 'b-2', 'open'],
      ['alice', 'b-1', 'close']
    ])
    expect(new Set(now.map(([id]) => id))).toEqual(new Set(ids.map(([id]) => id)))
    // Every record is still where it was, of the other file too, also when the case is opened anew.
    await engine.closeCase()
    await engine.openCase(casePath)
    for (const [id] of now) {
      const { record } = await engine.show(id as string)
      expect(record.text).toBe(
        readFileSync(join(casePath, 'evidence', record.evidence))
          .subarray(record.offset, record.offset + record.length)
          .toString('utf8')
      )
    }
    expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
    const custody = readFileSync(join(casePath, 'custody.jsonl'), 'utf8')
    expect(custody).toContain('"did":"read again"')
    expect(custody).toContain('"before":"doors"')
  })

  it('keeps what there was when the definition reads nothing of it', async () => {
    const { engine, file } = await opened()
    await engine.importPaths({ paths: [file('doors.csv', csv)] })
    const was = await rows(engine, '*')
    const [line] = await engine.ledger()
    await expect(engine.readAgain({ evidence: line?.sha256 as string, source: 'nothing' })).rejects.toMatchObject({
      code: 'source_unknown'
    })
    expect(await rows(engine, '*')).toEqual(was)
    expect(await engine.ledger()).toEqual([line])
  })

  it('shows the duplicates elsewhere that it no longer covers, and counts them right', async () => {
    const { engine, file } = await opened()
    const byId = before.replace('user.name: badge', 'event.id: id')
    await engine.saveSource(byId)
    const overlapping = csv.replace('3,2026', '4,2026')
    await engine.importPaths({ paths: [file('a.csv', csv), file('b.csv', overlapping)] })
    const [a, b] = await engine.ledger()
    expect([a?.duplicates, b?.duplicates]).toEqual([0, 2])
    expect(await count(engine)).toBe(4)
    // Read so that its ids are others, the first file covers nothing of the second.
    await engine.saveSource(byId.replace('event.id: id', `event.id: { sql: "'x' || (record->>'id')" }`))
    await engine.readAgain({ evidence: a?.sha256 as string })
    const after = await engine.ledger()
    expect(after.map(({ name, duplicates }) => [name, duplicates]).sort()).toEqual([
      ['a.csv', 0],
      ['b.csv', 0]
    ])
    expect(await count(engine)).toBe(6)
    // And back: now the second file stands first.
    await engine.saveSource(byId)
    await engine.readAgain({ evidence: a?.sha256 as string })
    expect(await count(engine)).toBe(4)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('is what importing the same file does, when asked to', async () => {
    const { engine, file } = await opened()
    const path = file('doors.csv', csv)
    await engine.importPaths({ paths: [path] })
    await engine.saveSource(after)
    const same = await engine.importPaths({ paths: [path] })
    expect(same.evidence[0]?.again).toBeUndefined()
    expect(await rows(engine, '"user.name"')).toEqual([['b-1'], ['b-2'], ['b-1']])
    const { evidence } = await engine.importPaths({ paths: [path], again: true })
    expect(evidence[0]?.again?.before).toBe('doors')
    expect(await rows(engine, '"user.name"')).toEqual([['alice'], ['bob'], ['alice']])
  })

  it.each(['keycloak.admin', 'hashicorp.vault'])(
    'rebuilds and pairs what follows from several records of %s as it was',
    async (source) => {
      const { engine } = await opened()
      await engine.importPaths({ paths: [join(import.meta.dirname, '../fixtures/sources', source)], as: 'log' })
      const told = () => rows(engine, '*')
      const books = async () =>
        (await engine.ledger())
          .map(({ name, events, duplicates, conflicts, paired }) => ({ name, events, duplicates, conflicts, paired }))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      const [was, booked] = [await told(), await books()]
      const [first] = (await engine.ledger()).filter((line) => line.source === source)
      await engine.readAgain({ evidence: first?.sha256 as string })
      expect(await told()).toEqual(was)
      expect(await books()).toEqual(booked)
    }
  )

  it('keeps to the zone that the analyst named when it came in', async () => {
    const { engine, file } = await opened()
    const path = file('doors.csv', csv.replaceAll('T', ' ').replaceAll('Z,', ','))
    await engine.importPaths({ paths: [path], times: { zone: 'Asia/Kolkata' } })
    const times = () => rows(engine, `strftime("@timestamp", '%H:%M')`)
    expect(await times()).toEqual([['03:11'], ['03:12'], ['03:13']])
    const [line] = await engine.ledger()
    await engine.readAgain({ evidence: line?.sha256 as string })
    expect(await times()).toEqual([['03:11'], ['03:12'], ['03:13']])
    expect((await engine.ledger())[0]?.times).toEqual({ zone: 'Asia/Kolkata', asked: true })
  })

  it('says so where there is no such evidence', async () => {
    const { engine } = await opened()
    await expect(engine.readAgain({ evidence: 'ffff' })).rejects.toMatchObject({ code: 'record_missing' })
  })
})
