import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineIn, temporaryFolder } from '../engine/folder'

const yaml = `# Kept as it is written.
id: acme.doors
title: Acme doors
vendor: Acme
read: { as: csv }
recognise: { all: [when, badge] }
event: { "@timestamp": when, user.name: badge } # two are enough
samples: []
`
const csv = 'when,badge,what\n2026-03-09T08:41:07Z,alice,open\n2026-03-09T08:42:07Z,bob,open\n'

async function home() {
  const folder = await temporaryFolder()
  return { folder, own: join(folder, 'home', 'sources'), engine: engineIn(folder) }
}

describe("the analyst's own definitions", () => {
  it('are kept as they are written, and listed beside those that come with the application', async () => {
    const { engine, own } = await home()
    const saved = await engine.saveSource(yaml)
    expect(saved).toEqual({
      id: 'acme.doors',
      title: 'Acme doors',
      vendor: 'Acme',
      reads: 'csv',
      fields: ['@timestamp', 'user.name'],
      origin: 'own',
      file: join(own, 'acme.doors.yaml')
    })
    expect(readFileSync(join(own, 'acme.doors.yaml'), 'utf8')).toBe(yaml)
    expect(readdirSync(own)).toEqual(['acme.doors.yaml'])
    expect(await engine.sourceText('acme.doors')).toBe(yaml)
    const sources = await engine.sources()
    expect(sources.find(({ id }) => id === 'acme.doors')).toEqual(saved)
    expect(sources.find(({ id }) => id === 'unkey')?.origin).toBe('shipped')
  })

  it('are used by the next import without a question', async () => {
    const { engine, folder } = await home()
    const file = join(folder, 'doors.csv')
    writeFileSync(file, csv)
    await engine.saveSource(yaml)
    await engine.createCase({ name: 'c' })
    const { evidence } = await engine.importPaths({ paths: [file] })
    expect(evidence.map(({ source, events, guessed }) => ({ source, events, guessed }))).toEqual([
      { source: 'acme.doors', events: 2, guessed: undefined }
    ])
  })

  it('take the place of one with the same id, until they are taken away', async () => {
    const { engine } = await home()
    const shipped = await engine.sourceText('unkey')
    const mine = shipped.replace('title: Unkey audit log', 'title: Unkey, mine')
    expect(await engine.saveSource(mine)).toMatchObject({ id: 'unkey', title: 'Unkey, mine', origin: 'replaces' })
    expect(await engine.sourceText('unkey')).toBe(mine)
    await engine.removeSource('unkey')
    expect(await engine.sourceText('unkey')).toBe(shipped)
    await expect(engine.removeSource('unkey')).rejects.toMatchObject({
      code: 'source_unknown',
      message: 'unkey comes with Spoor and stays; only own definitions can be taken away.'
    })
    await expect(engine.removeSource('nothing')).rejects.toMatchObject({ code: 'source_unknown' })
  })

  it('stay in the file that holds them already', async () => {
    const { engine, own } = await home()
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'doors of the house.yml'), yaml)
    await engine.saveSource(yaml.replace('Acme doors', 'All doors'))
    expect(readdirSync(own)).toEqual(['doors of the house.yml'])
    expect((await engine.sources()).find(({ id }) => id === 'acme.doors')?.title).toBe('All doors')
  })

  it('are refused with line and reason, and what was there stays', async () => {
    const { engine, own } = await home()
    await engine.saveSource(yaml)
    const faulty = yaml.replace('user.name', 'user.nmae')
    await expect(engine.saveSource(faulty)).rejects.toMatchObject({
      code: 'source_invalid',
      message: 'the definition, line 7: no such event field: user.nmae; did you mean user.name?'
    })
    const evil = yaml.replace('user.name: badge', `user.name: { sql: "(SELECT name FROM evidence)" }`)
    await expect(engine.saveSource(evil)).rejects.toMatchObject({
      message: 'the definition, line 7: event.user.name: the SQL may not hold a SELECT: it says what one record gives'
    })
    expect(readFileSync(join(own, 'acme.doors.yaml'), 'utf8')).toBe(yaml)
    expect(readdirSync(own)).toEqual(['acme.doors.yaml'])
  })

  it('that were written by hand and are faulty are listed with the fault, and stop imports until they are mended', async () => {
    const { engine, folder, own } = await home()
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'mine.yaml'), yaml.replace('badge]', 'badge.]'))
    writeFileSync(
      join(own, 'sql.yaml'),
      `id: sql\ntitle: SQL\nread: { as: csv }\nrecognise: { all: [a] }\nevent: { message: { sql: "1) FROM entry; DROP TABLE entry; --" } }\nsamples: []\n`
    )
    const faults = (await engine.sources()).flatMap(({ id, fault }) => (fault ? [[id, fault]] : []))
    expect(faults).toEqual([
      ['acme.doors', `${join(own, 'mine.yaml')}, line 6: recognise: not a path: badge.`],
      ['sql', expect.stringContaining(`${join(own, 'sql.yaml')}, line 5: event.message: the SQL cannot be read`)]
    ])
    writeFileSync(join(folder, 'doors.csv'), csv)
    await engine.createCase({ name: 'c' })
    await expect(engine.importPaths({ paths: [join(folder, 'doors.csv')] })).rejects.toMatchObject({
      code: 'source_invalid'
    })
    // They can still be read, to be mended.
    expect(await engine.sourceText('acme.doors')).toContain('badge.]')
    await engine.removeSource('sql')
    await engine.saveSource(yaml)
    expect(existsSync(join(own, 'acme.doors.yaml'))).toBe(false)
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'doors.csv')] })
    expect(evidence[0]?.source).toBe('acme.doors')
  })
})

describe('a definition to begin with', () => {
  it('is guessed from the file, with what it holds beside each line', async () => {
    const { engine, folder } = await home()
    const file = join(folder, 'Door Access 2026.csv')
    writeFileSync(
      file,
      'when,who,action,ip,result\n2026-03-09T08:41:07Z,alice,login,203.0.113.9,ok\n2026-03-09T08:42:07Z,bob,door.open,203.0.113.9,denied\n'
    )
    const { yaml: begun, said } = await engine.newSource({ path: file })
    expect(said).toBe(
      '@timestamp ← when, event.action ← action, user.name ← who, source.ip ← ip, event.outcome ← result'
    )
    expect(begun).toBe(`# A log source for Spoor, begun by guessing from Door Access 2026.csv.
# Change what is not so, and give it a name.

id: door-access
title: Door access
read: { as: csv }
# A record is of this source when it has all of these.
recognise:
  all:
    - when
    - who
    - action
    - ip
    - result
event:
  "@timestamp": when # 2026-03-09T08:41:07Z
  event.action: action # login
  user.name: who # alice
  source.ip: ip # 203.0.113.9
  event.outcome: result # ok
categories:
  "*login*": authentication
types:
  "*login*": start
samples: []
`)
    const { faults, rows } = await engine.previewSource({ yaml: begun, on: { path: file } })
    expect(faults).toEqual([])
    expect(rows.map(({ status, recognised }) => [status, recognised])).toEqual([
      ['event', true],
      ['event', true]
    ])
  })

  it('reads lines of text by the time they begin with and the pairs in them', async () => {
    const { engine, folder } = await home()
    const file = join(folder, 'app.log')
    writeFileSync(
      file,
      '2026-03-09 08:41:07.120 user=alice, action=login, ip=203.0.113.9\n2026-03-09 08:42:07.120 user=bob, action=logout, ip=203.0.113.9\n'
    )
    const { yaml: begun } = await engine.newSource({ path: file })
    const { faults, rows } = await engine.previewSource({ yaml: begun, on: { path: file } })
    expect(faults).toEqual([])
    expect(rows.map(({ cells }) => [cells['@timestamp']?.value, cells['user.name']?.value])).toEqual([
      ['2026-03-09T08:41:07.120Z', 'alice'],
      ['2026-03-09T08:42:07.120Z', 'bob']
    ])
  })
})
