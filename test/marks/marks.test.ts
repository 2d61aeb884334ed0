import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everything, type Filter } from '../../src-main/contract/filter'
import type { Answers } from '../../src-main/contract/query'
import { filterOf } from '../../src-main/contract/query-text'
import type { Engine } from '../../src-main/contract/rpc'
import { engineIn, temporaryFolder } from '../engine/folder'

const doors = `id: doors
title: Doors
read: { as: csv }
recognise: { all: [when, badge, what] }
event: { "@timestamp": when, user.name: badge, event.action: what }
samples: []
`
const csv = `when,badge,what
2026-03-09T08:41:07Z,b-1,open
2026-03-09T08:42:07Z,b-2,open
2026-03-09T08:43:07Z,b-1,close
2026-03-09T08:44:07Z,b-3,open
`

async function opened() {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: casePath } = await engine.createCase({ name: 'c' })
  await engine.saveSource(doors)
  writeFileSync(join(folder, 'doors.csv'), csv)
  await engine.importPaths({ paths: [join(folder, 'doors.csv')] })
  const { rows } = (await engine.ask({
    select: 'rows',
    filter: everything,
    fields: [],
    sort: { field: '@timestamp', descending: false },
    limit: 10
  })) as Answers['rows']
  return { folder, engine, casePath, ids: rows.map(({ _id }) => _id) as [string, string, string, string] }
}

const found = async (engine: Engine, query: string | Filter) => {
  const filter = typeof query === 'string' ? filterOf(query) : query
  const sort = { field: '@timestamp', descending: false } as const
  const { rows } = (await engine.ask({ select: 'rows', filter, fields: [], sort, limit: 100 })) as Answers['rows']
  return rows.map(({ _id }) => _id)
}
const counts = async (engine: Engine, query = '') =>
  (await engine.ask({ select: 'marks', filter: filterOf(query) })) as Answers['marks']

const custody = (casePath: string) =>
  readFileSync(join(casePath, 'custody.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('marks', () => {
  it('star, tag and comment events, and are found by each', async () => {
    const { engine, ids } = await opened()
    expect(await engine.mark({ on: { events: [ids[0], ids[2]] }, marking: { mark: 'star' } })).toMatchObject({
      events: 2
    })
    await engine.mark({ on: { events: [ids[1]] }, marking: { mark: 'tag', tag: ' exfil  first ' } })
    await engine.mark({
      on: { events: [ids[1]] },
      marking: { mark: 'comment', text: 'Asked Bob: 50 % "his" badge_2.' }
    })
    expect(await found(engine, 'is:starred')).toEqual([ids[0], ids[2]])
    expect(await found(engine, '-is:starred')).toEqual([ids[1], ids[3]])
    expect(await found(engine, 'tag:"EXFIL first"')).toEqual([ids[1]])
    expect(await found(engine, 'tag:exfil')).toEqual([])
    expect(await found(engine, 'tag:exfil* and badge')).toEqual([])
    expect(await found(engine, 'tag:(nothing or exfil*)')).toEqual([ids[1]])
    expect(await found(engine, 'comment:bob')).toEqual([ids[1]])
    expect(await found(engine, 'comment:"50 % \\"his"')).toEqual([ids[1]])
    expect(await found(engine, 'comment:"badgeX2"')).toEqual([])
    expect(await found(engine, 'is:marked')).toEqual([ids[0], ids[1], ids[2]])
    expect(await found(engine, 'is:commented or is:tagged')).toEqual([ids[1]])
    const [first, second, , last] = await engine.marksOf(ids)
    expect(first).toEqual({
      _id: ids[0],
      star: { by: expect.any(String), at: expect.stringMatching(/^20\d\d-.*Z$/) },
      tags: [],
      comments: []
    })
    expect(second).toMatchObject({
      tags: [{ tag: 'exfil first' }],
      comments: [{ text: 'Asked Bob: 50 % "his" badge_2.' }]
    })
    expect(last).toEqual({ _id: ids[3], tags: [], comments: [] })
  })

  it('go on all events of a filter, say how many that changed, and can be taken back and put on again', async () => {
    const { engine, ids, casePath } = await opened()
    await engine.mark({ on: { events: [ids[0]] }, marking: { mark: 'star' } })
    const bulk = await engine.mark({ on: { filter: filterOf('event.action:open') }, marking: { mark: 'star' } })
    expect(bulk.events).toBe(2)
    expect(await found(engine, 'is:starred')).toEqual([ids[0], ids[1], ids[3]])
    const undone = await engine.undoMark(bulk.change)
    expect(undone.events).toBe(2)
    expect(await found(engine, 'is:starred')).toEqual([ids[0]])
    const redone = await engine.undoMark(undone.change)
    expect(await found(engine, 'is:starred')).toEqual([ids[0], ids[1], ids[3]])
    await expect(engine.undoMark(undone.change)).rejects.toMatchObject({ code: 'usage' })
    const off = await engine.mark({ on: { filter: everything }, marking: { mark: 'all', off: true } })
    expect([off.events, await found(engine, 'is:marked')]).toEqual([3, []])
    await engine.undoMark(off.change)
    expect(await found(engine, 'is:starred')).toEqual([ids[0], ids[1], ids[3]])
    const lines = custody(casePath).filter(({ did }) => did === 'marked')
    expect(lines.map(({ detail }) => detail)).toEqual([
      { change: 1, events: 1, mark: 'star', ids: [ids[0]] },
      { change: 2, events: 2, mark: 'star', query: 'event.action:open' },
      { change: 3, events: 2, mark: 'star', undoes: 2 },
      { change: 4, events: 2, mark: 'star', undoes: 3 },
      { change: 5, events: 3, mark: 'all', off: true, query: '' },
      { change: 6, events: 3, mark: 'all', off: true, undoes: 5 }
    ])
    expect(redone.change).toBe(4)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('are given up when they are canceled, of whatever filter, and then nothing of them stays', async () => {
    const { folder, engine, casePath } = await opened()
    const minute = (n: number) => new Date(Date.UTC(2026, 2, 9) + n * 60_000).toISOString()
    const many = Array.from({ length: 60_000 }, (_, n) => `${minute(n)},b-9,${n % 2 ? 'knock' : 'ring'}\n`)
    writeFileSync(join(folder, 'many.csv'), `when,badge,what\n${many.join('')}`)
    await engine.importPaths({ paths: [join(folder, 'many.csv')] })
    const before = custody(casePath).length
    for (const query of ['', 'knock', 'user.name:b-9'])
      for (const after of [0, 1, 20, 60]) {
        const marking = engine.mark({ on: { filter: filterOf(query) }, marking: { mark: 'star' } })
        const settled = marking.then(
          () => 'marked',
          (error) => error.code ?? String(error)
        )
        // At once means before it could have come to its end, however late a timer is.
        if (after > 0) await new Promise((resolve) => setTimeout(resolve, after))
        await engine.cancelMarking()
        const outcome = await settled
        const { starred } = await counts(engine)
        if (outcome === 'marked') {
          expect(starred).toBeGreaterThan(0)
          await engine.undoMark((await marking).change)
        } else expect([outcome, starred]).toEqual(['canceled', 0])
        if (after === 0) expect(outcome).toBe('canceled')
      }
    const told = custody(casePath).slice(before)
    expect(told.filter(({ did }) => did === 'marked').length % 2).toBe(0)
    await engine.cancelMarking()
    const { events } = await engine.mark({ on: { filter: filterOf('knock') }, marking: { mark: 'star' } })
    expect([events, (await counts(engine)).starred]).toEqual([30_000, 30_000])
  })

  it('change nothing, and say nothing in the chain of custody, where all is as asked already', async () => {
    const { engine, ids, casePath } = await opened()
    await engine.mark({ on: { events: ids }, marking: { mark: 'tag', tag: 'Doors' } })
    expect(await engine.mark({ on: { events: ids }, marking: { mark: 'tag', tag: 'doors' } })).toEqual({
      change: 0,
      events: 0
    })
    expect(await engine.mark({ on: { events: ids }, marking: { mark: 'star', off: true } })).toEqual({
      change: 0,
      events: 0
    })
    expect(custody(casePath).filter(({ did }) => did === 'marked').length).toBe(1)
    expect((await counts(engine)).tags).toEqual([{ tag: 'Doors', count: 4 }])
  })

  it('are written anew one comment at a time, and taken off one at a time', async () => {
    const { engine, ids } = await opened()
    await engine.mark({ on: { events: ids }, marking: { mark: 'comment', text: 'all doors' } })
    await engine.mark({ on: { events: [ids[0]] }, marking: { mark: 'comment', text: 'first door' } })
    const texts = async () =>
      (await engine.marksOf(ids.slice(0, 2))).map(({ comments }) => comments.map(({ text }) => text))
    expect(await texts()).toEqual([['all doors', 'first door'], ['all doors']])
    const [own] = await engine.marksOf([ids[0]])
    const comment = own?.comments[0]?.comment as number
    const changed = await engine.mark({
      on: { events: [ids[0]] },
      marking: { mark: 'comment', comment, text: 'its own' }
    })
    expect(await texts()).toEqual([['first door', 'its own'], ['all doors']])
    const again = engine.mark({ on: { events: [ids[0]] }, marking: { mark: 'comment', comment, text: 'lost' } })
    await expect(again).rejects.toMatchObject({ code: 'record_missing' })
    await engine.undoMark(changed.change)
    expect((await texts())[0]?.sort()).toEqual(['all doors', 'first door'])
    await expect(
      engine.mark({ on: { events: [ids[0]] }, marking: { mark: 'comment', text: '  ' } })
    ).rejects.toMatchObject({
      code: 'usage'
    })
  })

  it('are counted within a filter, and each tag of the case is told', async () => {
    const { engine, ids } = await opened()
    await engine.mark({ on: { events: [ids[0], ids[1]] }, marking: { mark: 'tag', tag: 'a' } })
    await engine.mark({ on: { events: [ids[0]] }, marking: { mark: 'tag', tag: 'b' } })
    await engine.mark({ on: { events: [ids[2]] }, marking: { mark: 'star' } })
    await engine.mark({ on: { events: [ids[2]] }, marking: { mark: 'comment', text: 'x' } })
    expect(await counts(engine)).toEqual({
      marked: 3,
      starred: 1,
      commented: 1,
      tags: [
        { tag: 'a', count: 2 },
        { tag: 'b', count: 1 }
      ]
    })
    expect(await counts(engine, 'user.name:b-2')).toEqual({
      marked: 1,
      starred: 0,
      commented: 0,
      tags: [
        { tag: 'a', count: 1 },
        { tag: 'b', count: 0 }
      ]
    })
  })

  it('stay with their case, and can be read with SQL', async () => {
    const { engine, ids, casePath } = await opened()
    await engine.mark({ on: { events: [ids[3]] }, marking: { mark: 'tag', tag: 'night' } })
    await engine.closeCase()
    await engine.openCase(casePath)
    expect(await found(engine, 'tag:night')).toEqual([ids[3]])
    const { rows } = await engine.sql('SELECT e."user.name", m.mark, m.text FROM mark m JOIN event e USING (_id)', 10)
    expect(rows).toEqual([['b-3', 'tag', 'night']])
  })

  it('can be put on events while a file is imported, and stay when that is canceled', async () => {
    const { engine, ids, folder } = await opened()
    const line = (at: number) => `2026-03-10T08:00:00Z,b-${at % 50},open\n`
    writeFileSync(
      join(folder, 'large.csv'),
      `when,badge,what\n${Array.from({ length: 400_000 }, (_, at) => line(at)).join('')}`
    )
    const importing = engine.importPaths({ paths: [join(folder, 'large.csv')] })
    const marked = await engine.mark({ on: { events: [ids[0]] }, marking: { mark: 'star' } })
    const all = await engine.mark({ on: { filter: filterOf('user.name:b-1') }, marking: { mark: 'tag', tag: 'seen' } })
    await engine.cancelImport()
    expect([marked.events, all.events >= 2, (await importing).canceled]).toEqual([1, true, true])
    expect(await found(engine, 'is:starred')).toEqual([ids[0]])
    expect(await found(engine, 'tag:seen')).toEqual([ids[0], ids[2]])
    expect((await engine.verify()).clean).toBe(true)
  })

  it('name the event that is not there', async () => {
    const { engine } = await opened()
    const refused = engine.mark({ on: { events: ['0123456789ab-7'] }, marking: { mark: 'star' } })
    await expect(refused).rejects.toThrow('There is no event 0123456789ab-7 in this case.')
  })
})

describe('marks on evidence that is read again', () => {
  const list = (read: string) => `id: gates
title: Gates
read: ${read}
recognise: { ${read.includes('records') ? 'all: [at, who]' : 'all: [Items]'} }
event: { ${read.includes('records') ? '"@timestamp": at, user.name: who' : 'event.action: Kind'} }
samples: []
`
  it('stay on their records, and are not lost where another definition has no such record', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    const file = join(folder, 'gates.json')
    const item = (who: string) => `{"at":"2026-03-09T08:41:07Z","who":"${who}"}`
    writeFileSync(file, `{"Kind":"gates","Items":[${item('alice')},${item('bob')},${item('bob')}]}\n`)
    await engine.saveSource(list('{ as: json, records: Items }'))
    const { evidence } = await engine.importPaths({ paths: [file] })
    const sha256 = evidence[0]?.sha256 as string
    const id = (record: number) => `${sha256.slice(0, 12)}-${record}`
    expect(evidence[0]?.records).toBe(3)
    await engine.mark({ on: { events: [id(3)] }, marking: { mark: 'star' } })
    await engine.mark({ on: { events: [id(1)] }, marking: { mark: 'tag', tag: 'who' } })
    await engine.readAgain({ evidence: sha256 })
    // The third record is the second once more: kept, though not shown twice, and marked by itself.
    const marked = async () => (await engine.marksOf([1, 2, 3].map(id))).map(({ star, tags }) => [!!star, tags.length])
    const asMarked = [
      [false, 1],
      [false, 0],
      [true, 0]
    ]
    expect(await marked()).toEqual(asMarked)

    await engine.saveSource(list('{ as: json }'))
    const again = await engine.readAgain({ evidence: sha256, source: 'gates' })
    expect(again.evidence[0]?.records).toBe(1)
    expect(await found(engine, 'is:marked')).toEqual([])

    await engine.saveSource(list('{ as: json, records: Items }'))
    await engine.readAgain({ evidence: sha256, source: 'gates' })
    expect(await marked()).toEqual(asMarked)
  })
})
