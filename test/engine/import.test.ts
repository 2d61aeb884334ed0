import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { look } from '../../src-main/engine/import/look'
import { engineIn, temporaryFolder } from './folder'

const login = (n: number, more: object = {}) => ({
  id: `id-${n}`,
  time: 1773049267120 + n * 1000,
  type: 'LOGIN',
  realmId: 'acme',
  clientId: 'shop',
  userId: `user-${n % 7}`,
  sessionId: `session-${n}`,
  ipAddress: '203.0.113.9',
  details: { username: `ada.${n % 7}`, auth_method: 'openid-connect' },
  ...more
})
const line = (n: number, more: object = {}) => JSON.stringify(login(n, more))

async function imported(name: string, bytes: string | Buffer) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const state = await engine.createCase({ name: 'c' })
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const result = await engine.importPaths({ paths: [path] })
  return { folder, engine, state, path, result, ledger: result.evidence[0], refused: result.refused[0] }
}

/** The bytes that a record's place names are the record's text. */
async function expectPlaces(
  engine: Awaited<ReturnType<typeof imported>>['engine'],
  path: string,
  evidence: string,
  skip = 0
) {
  const bytes = readFileSync(path)
  for (const { place, text } of await engine.records({ evidence, limit: 100, offset: skip })) {
    expect(bytes.subarray(place.offset, place.offset + place.length).toString('utf8')).toBe(text)
    expect(bytes.subarray(0, place.offset).toString('utf8').split('\n').length).toBe(place.line)
  }
}

describe('the books of an import', () => {
  it('balance for clean lines, with hash and copy taken', async () => {
    const text = Array.from({ length: 5000 }, (_, n) => line(n)).join('\n')
    const { ledger, state, engine, path } = await imported('clean.jsonl', `${text}\n`)
    const sha256 = createHash('sha256').update(`${text}\n`).digest('hex')
    expect(ledger).toMatchObject({
      name: 'clean.jsonl',
      sha256,
      source: 'keycloak.user',
      records: 5000,
      events: 5000,
      undated: 0,
      unreadable: 0,
      blank: 0,
      duplicates: 0,
      balanced: true
    })
    expect(readFileSync(join(state.folder, 'evidence', sha256), 'utf8')).toBe(`${text}\n`)
    expect(statSync(join(state.folder, 'evidence', sha256)).mode & 0o222).toBe(0)
    await expectPlaces(engine, path, sha256, 2000)
    expect(await engine.verify()).toMatchObject({ clean: true })
  })

  it('count broken, blank and undated records, each kept with its place', async () => {
    const text = [line(1), '', '{"id": "broken', '   ', line(2, { time: null }), line(3), '[1, 2]', line(4)].join('\n')
    const { ledger, engine, path } = await imported('odd.jsonl', text)
    expect(ledger).toMatchObject({ records: 8, events: 3, undated: 1, unreadable: 2, blank: 2, balanced: true })
    await expectPlaces(engine, path, ledger?.sha256 ?? '')
    const unreadable = await engine.records({ evidence: ledger?.sha256 ?? '', status: 'unreadable', limit: 10 })
    expect(unreadable.map(({ text, why, place }) => ({ text, why, line: place.line }))).toEqual([
      { text: '{"id": "broken', why: 'not a JSON object', line: 3 },
      { text: '[1, 2]', why: 'not a JSON object', line: 7 }
    ])
  })

  it('hold for every way of writing the same records', async () => {
    const records = Array.from({ length: 40 }, (_, n) => login(n, { error: n % 5 ? undefined : 'bad "quote" é 日本' }))
    const lines = records.map((record) => JSON.stringify(record))
    const ways: Record<string, string | Buffer> = {
      'lf.jsonl': lines.join('\n'),
      'crlf.jsonl': `${lines.join('\r\n')}\r\n`,
      'bom.jsonl': `\uFEFF${lines.join('\n')}\n`,
      'array.json': JSON.stringify(records),
      'pretty-array.json': JSON.stringify(records, null, 2),
      'pretty-values.json': records.map((record) => JSON.stringify(record, null, 2)).join('\n'),
      'wrapped.json': JSON.stringify({ total: 40, events: records, next: null }),
      'wrapped-pretty.json': JSON.stringify({ note: 'a "[" in a text', events: records }, null, 1),
      'lines-of-lists.jsonl': [
        JSON.stringify({ events: records.slice(0, 9) }),
        JSON.stringify({ events: records.slice(9) })
      ].join('\n'),
      'packed.jsonl.gz': gzipSync(lines.join('\n'))
    }
    for (const [name, bytes] of Object.entries(ways)) {
      const { ledger, engine, path } = await imported(name, bytes)
      expect(ledger, name).toMatchObject({
        source: 'keycloak.user',
        records: 40,
        events: 40,
        unreadable: 0,
        balanced: true
      })
      if (!name.endsWith('.gz')) await expectPlaces(engine, path, ledger?.sha256 ?? '')
      const found = await engine.ask({
        select: 'rows',
        filter: { kind: 'is', field: 'event.id', values: ['id-5'] },
        fields: ['user.name', 'event.reason', '@timestamp'],
        limit: 5
      })
      expect(found, name).toMatchObject({
        rows: [{ 'user.name': 'ada.5', 'event.reason': 'bad "quote" é 日本', '@timestamp': '2026-03-09T09:41:12.120Z' }]
      })
    }
  })

  it('read old Mac line ends and both UTF-16 orders', async () => {
    const lines = Array.from({ length: 12 }, (_, n) => line(n, { error: 'zażółć' }))
    const le = Buffer.from(`\uFEFF${lines.join('\r\n')}`, 'utf16le')
    const ways: Record<string, string | Buffer> = {
      'mac.jsonl': lines.join('\r'),
      'le.jsonl': le,
      'be.jsonl': Buffer.from(le).swap16(),
      'le-unmarked.jsonl': le.subarray(2)
    }
    for (const [name, bytes] of Object.entries(ways)) {
      const { ledger } = await imported(name, bytes)
      expect(ledger, name).toMatchObject({ records: 12, events: 12, balanced: true })
    }
  })

  it('keep a record whose bytes are not UTF-8, and say so', async () => {
    const bytes = Buffer.concat([Buffer.from(`${line(1)}\n${line(2, { error: 'XX' })}\n`), Buffer.from(`${line(3)}\n`)])
    const at = bytes.indexOf('XX')
    bytes[at] = 0xff
    bytes[at + 1] = 0xfe
    const { ledger, engine } = await imported('broken-utf8.jsonl', bytes)
    expect(ledger).toMatchObject({ records: 3, events: 3, balanced: true })
    expect(ledger?.notes).toEqual(['1 record holds bytes that are not UTF-8; they are shown with � in their place'])
    const shown = await engine.show(`${ledger?.sha256.slice(0, 12)}-2`)
    expect(shown.record.exact).toBe(false)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('keep the bytes that the fast line reader stumbles over', async () => {
    const odd = ['tab\there', 'unit\u001fsep', 'esc\u001d then n', 'one\u0001two', 'nul\u0000end']
    // JSON allows none of them bare in a text, so they are no events; they are records all the same.
    const broken = odd.map((error, n) => line(n).replace('"LOGIN"', `"LOGIN","error":"${error}"`))
    const text = [line(90), ...broken, line(91)].join('\n')
    const { ledger, engine, path, refused } = await imported('control.jsonl', text)
    expect(refused).toBeUndefined()
    expect(ledger).toMatchObject({ records: 7, balanced: true })
    const records = await engine.records({ evidence: ledger?.sha256 ?? '', limit: 10 })
    const bytes = readFileSync(path)
    for (const { place, text: shown } of records) {
      expect(
        bytes
          .subarray(place.offset, place.offset + place.length)
          .toString('utf8')
          .replaceAll('\0', '␀')
      ).toBe(shown)
    }
  })
})

describe('bad input', () => {
  const cases: [string, string | Buffer, string, RegExp][] = [
    ['empty.json', '', 'file_empty', /^empty\.json is empty/],
    ['blank.json', ' \n\n ', 'file_empty', /nothing but blank space/],
    [
      'photo.png',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'file_not_a_log',
      /photo\.png is a PNG image.*Export/
    ],
    ['tool.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300, 7)]), 'file_not_a_log', /a Windows program/],
    ['noise.json', Buffer.from(Array.from({ length: 4000 }, (_, n) => (n * 7919) % 256)), 'file_not_a_log', /not text/],
    [
      'prose.txt',
      'Dear all,\n\nplease find attached nothing.\nRegards\n',
      'file_not_a_log',
      /neither JSON nor a table/
    ],
    ['cut.json', '[{"id": "x", "time": 17730', 'file_not_a_log', /no complete record/],
    ['cut.json.gz', gzipSync(line(1)).subarray(0, 12), 'file_truncated', /cut\.json\.gz is a damaged gzip file/]
  ]
  for (const [name, bytes, code, sentence] of cases) {
    it(`${name} is refused with a sentence, and nothing of it stays`, async () => {
      const { refused, ledger, state, engine } = await imported(name, bytes)
      expect(ledger).toBeUndefined()
      expect(refused?.code).toBe(code)
      expect(refused?.message).toMatch(sentence)
      expect(readdirSync(join(state.folder, 'evidence'))).toEqual([])
      expect(readdirSync(join(state.folder, 'scratch'))).toEqual([])
      expect((await engine.caseState())?.events).toBe(0)
    })
  }

  it('a list cut off in the middle keeps what is whole, and says where it ends', async () => {
    const text = JSON.stringify([1, 2, 3].map((n) => login(n)))
    const { ledger } = await imported('cut-list.json', text.slice(0, -40))
    expect(ledger).toMatchObject({ records: 3, events: 2, unreadable: 1, balanced: true })
    expect(ledger?.notes[0]).toMatch(/ends in the middle of its JSON/)
  })

  it('a gzip file cut off keeps what could be decompressed, and its hash is of all its bytes', async () => {
    const packed = gzipSync(Array.from({ length: 9000 }, (_, n) => line(n)).join('\n'))
    const bytes = packed.subarray(0, Math.floor(packed.length * 0.7))
    const { ledger } = await imported('cut.jsonl.gz', bytes)
    expect(ledger?.balanced).toBe(true)
    expect(ledger?.events).toBeGreaterThan(1000)
    expect(ledger?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(ledger?.notes[0]).toMatch(/cut off or damaged/)
  })

  it('an over-long record is kept as evidence, counted unreadable, and the next one is read', async () => {
    const long = line(2, { error: 'x'.repeat(20_000_000) })
    const { ledger, engine } = await imported('long.jsonl', [line(1), long, line(3)].join('\n'))
    expect(ledger).toMatchObject({ records: 3, events: 2, unreadable: 1, balanced: true })
    const [record] = await engine.records({ evidence: ledger?.sha256 ?? '', status: 'unreadable', limit: 1 })
    expect(record?.why).toMatch(/bytes in one record/)
    expect(record?.place).toMatchObject({ line: 2, offset: line(1).length + 1, length: long.length })
  })

  it('an object of 3,000 levels is a record like any other', async () => {
    const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`
    const { ledger, engine } = await imported(
      'deep.jsonl',
      [line(1), line(2).replace('"shop"', deep), line(3)].join('\n')
    )
    expect(ledger).toMatchObject({ records: 3, events: 3, balanced: true })
    expect((await engine.show(`${ledger?.sha256.slice(0, 12)}-2`)).record.text).toContain(deep)
  })

  it('a file that may not be read, or is not there, is named with the way out', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'secret.json')
    writeFileSync(path, line(1))
    chmodSync(path, 0)
    chmodSync(folder, 0o755)
    // Root may read everything, so for as long as it looks it is nobody.
    const root = process.getuid?.() === 0
    if (root) process.seteuid?.(65534)
    try {
      expect(() => look(path)).toThrow(/secret\.json may not be read by you\. Ask for the right/)
    } finally {
      if (root) process.seteuid?.(0)
    }
    expect(() => look(join(folder, 'nowhere.json'))).toThrow(/nowhere\.json is not there/)
  })

  it('a name with spaces, quotes and emoji is a name', async () => {
    const { ledger } = await imported(`it's a "log" 🔑 .jsonl`, line(1))
    expect(ledger).toMatchObject({ name: `it's a "log" 🔑 .jsonl`, events: 1, balanced: true })
  })

  it('does not touch what is in the case already', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    mkdirSync(join(folder, 'in'))
    writeFileSync(join(folder, 'in', 'a.jsonl'), line(1))
    writeFileSync(join(folder, 'in', 'b.jsonl'), '')
    writeFileSync(join(folder, 'in', 'c.jsonl'), line(2))
    const result = await engine.importPaths({ paths: [join(folder, 'in')] })
    expect(result.evidence.map(({ name }) => name)).toEqual(['a.jsonl', 'c.jsonl'])
    expect(result.refused.map(({ code }) => code)).toEqual(['file_empty'])
    expect((await engine.caseState())?.events).toBe(2)
  })
})

describe('duplicates', () => {
  it('are counted and kept, but shown once; the same id with other content is reported and shown', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    writeFileSync(join(folder, 'page1.jsonl'), [line(1), line(2), line(3)].join('\n'))
    writeFileSync(
      join(folder, 'page2.json'),
      JSON.stringify([login(3), login(2, { error: 'changed' }), login(4)], null, 1)
    )
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'page1.jsonl'), join(folder, 'page2.json')] })
    expect(evidence.map(({ duplicates, conflicts, events }) => ({ duplicates, conflicts, events }))).toEqual([
      { duplicates: 0, conflicts: 0, events: 3 },
      { duplicates: 1, conflicts: 1, events: 3 }
    ])
    expect(await engine.ask({ select: 'count', filter: { kind: 'and', of: [] } })).toMatchObject({ count: 5 })
    const hidden = await engine.show(`${evidence[1]?.sha256.slice(0, 12)}-1`)
    expect(hidden.alike).toEqual([{ _id: `${evidence[0]?.sha256.slice(0, 12)}-3`, why: 'duplicate' }])
    const changed = await engine.show(`${evidence[1]?.sha256.slice(0, 12)}-2`)
    expect(changed.alike).toEqual([{ _id: `${evidence[0]?.sha256.slice(0, 12)}-2`, why: 'conflict' }])
  })

  it('of records without an id are the same text at the same time; without a time either they are not told', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    await engine.createCase({ name: 'c' })
    const hub = (n: number) =>
      JSON.stringify({
        operation: 'project.update',
        resource: 'project',
        result: 'SUCCESSFUL',
        user: 'u',
        event_timestamp: `2026-03-09T09:41:0${n}Z`,
        details: { n }
      })
    const legacy = JSON.stringify({
      initiatorId: 'ada',
      action: 'Account Disable',
      target: 'bo',
      data: {},
      result: 'Success'
    })
    writeFileSync(join(folder, 'hub.jsonl'), [hub(1), hub(2), hub(1), hub(3)].join('\n'))
    writeFileSync(join(folder, 'legacy.jsonl'), [legacy, legacy].join('\n'))
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'hub.jsonl'), join(folder, 'legacy.jsonl')] })
    expect(evidence.map(({ duplicates, conflicts, undated }) => ({ duplicates, conflicts, undated }))).toEqual([
      { duplicates: 1, conflicts: 0, undated: 0 },
      { duplicates: 0, conflicts: 0, undated: 2 }
    ])
  })

  it('are every record of a file that is in the case already, which is not read again', async () => {
    const { engine, path } = await imported('twice.jsonl', [line(1), line(2)].join('\n'))
    const again = await engine.importPaths({ paths: [path] })
    expect(again.evidence[0]).toMatchObject({ records: 2, duplicates: 0, balanced: true, already: true })
    expect(again.evidence[0]?.notes.at(-1)).toMatch(/in the case already/)
    expect(await engine.ledger()).toHaveLength(1)
    expect((await engine.caseState())?.events).toBe(2)
  })
})

describe('cancel', () => {
  it('leaves nothing behind, and the engine answers meanwhile', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'big.jsonl')
    writeFileSync(path, `${Array.from({ length: 400_000 }, (_, n) => line(n)).join('\n')}\n`)
    let canceling: Promise<void> | undefined
    const engine = engineIn(folder, ({ phase }) => {
      if (phase === 'importing' || phase === 'recognising')
        canceling ??= new Promise((resolve) => setTimeout(resolve, 150)).then(() => engine.cancelImport())
    })
    const { folder: at } = await engine.createCase({ name: 'c' })
    const importing = engine.importPaths({ paths: [path] })
    expect(await engine.ask({ select: 'count', filter: { kind: 'and', of: [] } })).toMatchObject({ count: 0 })
    const result = await importing
    await canceling
    expect(result).toMatchObject({ evidence: [], refused: [], canceled: true })
    expect(readdirSync(join(at, 'evidence'))).toEqual([])
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
    expect((await engine.caseState())?.events).toBe(0)
    // And the case still takes an import.
    writeFileSync(join(folder, 'small.jsonl'), line(1))
    expect((await engine.importPaths({ paths: [join(folder, 'small.jsonl')] })).events).toBe(1)
    expect(existsSync(path)).toBe(true)
  })
})
