import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import type { ImportProgress } from '../../src-main/contract/import'
import type { Engine } from '../../src-main/contract/rpc'
import { has, type Packed, zip } from './archives'
import { engineIn, temporaryFolder } from './folder'
import { smallDisk } from './small-disk'

const line = (n: number, note = 'plain') =>
  JSON.stringify({
    id: `id-${n}`,
    time: 1773049267120 + n * 1000,
    type: 'LOGIN_ERROR',
    realmId: 'acme',
    userId: `user-${n % 7}`,
    ipAddress: '203.0.113.9',
    error: note
  })
const lines = (from: number, count: number, note?: string) =>
  Buffer.from(Array.from({ length: count }, (_, n) => `${line(from + n, note)}\n`).join(''))
const array = (from: number, count: number) =>
  Buffer.from(`[\n${Array.from({ length: count }, (_, n) => line(from + n)).join(',\n')}\n]`)
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

async function tar(
  members: readonly { name: string; bytes?: Buffer; type?: 'directory' | 'symlink' }[]
): Promise<Buffer> {
  const packing = pack()
  for (const { name, bytes = Buffer.alloc(0), type } of members) {
    if (type) packing.entry({ name, type, linkname: 'elsewhere' })
    else packing.entry({ name, mtime: new Date('2026-03-01T00:00:00Z') }, bytes)
  }
  packing.finalize()
  const parts: Buffer[] = []
  for await (const part of packing) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function imported(name: string, bytes: Buffer) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  const { folder: at } = await engine.createCase({ name: 'c' })
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const result = await engine.importPaths({ paths: [path] })
  return { folder, engine, at, path, result, messages: result.refused.map(({ message }) => message) }
}

/** Each record's text is the bytes at its place in its member. */
async function expectPlaces(engine: Engine, evidence: string, content: Buffer): Promise<void> {
  const records = await engine.records({ evidence, limit: 1000 })
  expect(records.length).toBeGreaterThan(0)
  for (const { place, text } of records)
    expect(content.subarray(place.offset, place.offset + place.length).toString()).toBe(text)
}

describe('an archive', () => {
  const members = [
    { name: 'logs/a.jsonl', bytes: lines(0, 50) },
    { name: 'logs/b 🦊 zażółć.json', bytes: array(50, 20) },
    { name: 'logs/c.jsonl.gz', bytes: gzipSync(lines(70, 30)) }
  ]
  const all: [string, () => Promise<Buffer>][] = [
    ['logs.zip', async () => zip(members)],
    ['logs64.zip', async () => zip(members.map((one) => ({ ...one, zip64: true })))],
    ['stored.zip', async () => zip(members.map((one) => ({ ...one, method: 0 })))],
    ['logs.tar', () => tar(members)],
    ['logs.tar.gz', async () => gzipSync(await tar(members))],
    ['its name tells nothing.bin', async () => gzipSync(await tar(members))]
  ]

  it.each(all)('%s gives a line of its own to each member, with its hash and places', async (name, packed) => {
    const bytes = await packed()
    const { engine, result, at, messages } = await imported(name, bytes)
    expect(messages).toEqual([])
    expect(result.events).toBe(100)
    expect(result.evidence.map((one) => [one.name, one.sha256, one.bytes, one.events, one.balanced])).toEqual(
      members.map(({ name: member, bytes: own }, n) => [
        `${name} › ${member}`,
        sha256(own),
        own.length,
        [50, 20, 30][n],
        true
      ])
    )
    expect(result.evidence.map(({ archive }) => archive)).toEqual(
      [0, 1, 2].map((index) => ({ name, sha256: sha256(bytes), bytes: bytes.length, member: [index] }))
    )
    expect(readdirSync(join(at, 'evidence'))).toEqual([sha256(bytes)])
    expect(readFileSync(join(at, 'evidence', sha256(bytes)))).toEqual(bytes)
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
    await expectPlaces(engine, sha256(members[0]?.bytes ?? bytes), lines(0, 50))
    await expectPlaces(engine, sha256(members[1]?.bytes ?? bytes), array(50, 20))
    await expectPlaces(engine, sha256(members[2]?.bytes ?? bytes), lines(70, 30))
    const { clean, checks } = await engine.verify()
    expect(checks.filter((one) => !one.clean)).toEqual([])
    expect(clean).toBe(true)
    expect(checks.filter(({ found }) => found.includes('their bytes exactly'))).toHaveLength(3)
    const { bytes: window } = await engine.evidenceBytes({
      evidence: sha256(members[2]?.bytes ?? bytes),
      at: { line: 2 },
      length: 20
    })
    expect(Buffer.from(window, 'base64').toString()).toBe(line(71).slice(0, 20))
  })

  it('is opened again with its members as they were, and its sizes match', async () => {
    const { engine, at } = await imported('logs.zip', zip(members))
    await engine.closeCase()
    expect((await engine.openCase(at)).checked).toBe('3 evidence files present, sizes match')
    expect((await engine.verify()).clean).toBe(true)
  })

  it('made by the usual tools is read', async (context) => {
    if (!has('zip') || !has('tar') || !has('zstd')) return context.skip()
    const folder = await temporaryFolder()
    mkdirSync(join(folder, 'in/sub'), { recursive: true })
    writeFileSync(join(folder, 'in/a.jsonl'), lines(0, 10))
    writeFileSync(join(folder, 'in/sub/ünder 日本.jsonl'), lines(10, 10))
    execFileSync('zip', ['-qr', '../a.zip', '.'], { cwd: join(folder, 'in') })
    execFileSync('tar', ['-czf', 'b.tgz', 'in'], { cwd: folder })
    execFileSync('tar', ['--zstd', '-cf', 'c.tar.zst', 'in'], { cwd: folder })
    execFileSync('zstd', ['-q', 'in/a.jsonl', '-o', 'd.jsonl.zst'], { cwd: folder })
    const engine = engineIn(folder)
    for (const name of ['a.zip', 'b.tgz', 'c.tar.zst', 'd.jsonl.zst']) {
      await engine.createCase({ name })
      const { evidence, refused } = await engine.importPaths({ paths: [join(folder, name)] })
      expect([name, refused]).toEqual([name, []])
      const names = evidence.map((one) => one.name).sort()
      const inside = { 'a.zip': '', 'b.tgz': 'in/', 'c.tar.zst': 'in/' }[name]
      const whole = inside === undefined
      expect(names).toEqual(whole ? [name] : [`${name} › ${inside}a.jsonl`, `${name} › ${inside}sub/ünder 日本.jsonl`])
      expect((await engine.verify()).clean).toBe(true)
    }
  })

  it('in an archive is opened too, one in that is not', async () => {
    const inner = zip([{ name: 'a.jsonl', bytes: lines(0, 5) }])
    const { engine, result, messages } = await imported(
      'outer.zip',
      zip([
        { name: 'inner.zip', bytes: inner },
        { name: 'inner.tar.gz', bytes: gzipSync(await tar([{ name: 'b.jsonl', bytes: lines(5, 5) }])) },
        { name: 'deep.zip', bytes: zip([{ name: 'inner.zip', bytes: inner }]) }
      ])
    )
    expect(result.evidence.map(({ name, archive }) => [name, archive?.member])).toEqual([
      ['outer.zip › inner.zip › a.jsonl', [0, 0]],
      ['outer.zip › inner.tar.gz › b.jsonl', [1, 0]]
    ])
    expect(messages).toEqual([
      'outer.zip › deep.zip › inner.zip was not read: it is an archive in an archive in an archive: unpack that one, and import what is inside.'
    ])
    expect((await engine.verify()).clean).toBe(true)
  })

  it('refuses by name what is no log in it, and takes the rest', async () => {
    const { result, messages, engine } = await imported(
      'mixed.zip',
      zip([
        { name: 'docs/', bytes: Buffer.alloc(0), method: 0 },
        { name: 'docs/photo.png', bytes: png },
        { name: 'empty.json', bytes: Buffer.alloc(0), method: 0 },
        { name: '__MACOSX/._a.jsonl', bytes: png },
        { name: '.DS_Store', bytes: png },
        { name: 'a.jsonl', bytes: lines(0, 5) },
        { name: 'cut.json', bytes: Buffer.from('[{"id": "x", "time": 177304926') },
        { name: 'b.jsonl', bytes: lines(5, 5) }
      ])
    )
    expect(result.evidence.map(({ name, events }) => [name, events])).toEqual([
      ['mixed.zip › a.jsonl', 5],
      ['mixed.zip › b.jsonl', 5]
    ])
    expect(messages).toHaveLength(3)
    expect(messages[0]).toMatch(/^mixed\.zip › docs\/photo\.png is a PNG image, not a log\./)
    expect(messages[1]).toMatch(/^mixed\.zip › empty\.json is empty/)
    expect(messages[2]).toMatch(/^mixed\.zip › cut\.json /)
    expect(result.refused.every(({ path }) => path.endsWith('/mixed.zip'))).toBe(true)
    expect((await engine.verify()).clean).toBe(true)
    const rows = await engine.sql('SELECT count(*) FROM record', 1)
    expect(Number(rows.rows[0]?.[0])).toBe(10)
  })

  it('says of each member that it is encrypted, packed in an unknown way, or damaged', async () => {
    const odd: Packed[] = [
      { name: 'secret.jsonl', bytes: lines(0, 5), flags: 0x801 },
      { name: 'packed.jsonl', bytes: lines(0, 5), method: 14 },
      { name: 'damaged.jsonl', bytes: lines(0, 5), crc: 1 },
      { name: 'good.jsonl', bytes: lines(0, 5) }
    ]
    const { result, messages } = await imported('odd.zip', zip(odd))
    expect(result.evidence.map(({ name }) => name)).toEqual(['odd.zip › good.jsonl'])
    expect(messages).toEqual([
      'odd.zip › secret.jsonl was not read: it is encrypted: unpack the archive with its password, and import what is inside.',
      'odd.zip › packed.jsonl was not read: it is packed by method 14, which is not read here: unpack the archive, and import what is inside.',
      'odd.zip › damaged.jsonl was not read: it is cut off or damaged (its checksum does not fit): get the archive again.'
    ])
  })

  it('never writes a file under a name of its members, and says where such a name leads out', async () => {
    const { folder, result } = await imported(
      'evil.zip',
      zip([
        { name: '../../escaped.jsonl', bytes: lines(0, 5) },
        { name: '/tmp/absolute.jsonl', bytes: lines(5, 5) }
      ])
    )
    const note = 'its name in the archive leads out of it; nothing was written under that name'
    expect(result.evidence.map(({ name, events, notes }) => [name, events, notes])).toEqual([
      ['evil.zip › ../../escaped.jsonl', 5, [note]],
      ['evil.zip › /tmp/absolute.jsonl', 5, [note]]
    ])
    expect(
      execFileSync('find', [
        folder,
        '/tmp',
        '-maxdepth',
        '4',
        '-name',
        '*escaped*',
        '-o',
        '-name',
        'absolute.jsonl'
      ]).toString()
    ).toBe('')
  })

  it('with one name twice holds two members, and the same bytes twice one', async () => {
    const { result, engine } = await imported(
      'twice.zip',
      zip([
        { name: 'a.jsonl', bytes: lines(0, 5) },
        { name: 'a.jsonl', bytes: lines(5, 5) },
        { name: 'copy of a.jsonl', bytes: lines(0, 5) }
      ])
    )
    expect(result.evidence.map(({ name, already }) => [name, already])).toEqual([
      ['twice.zip › a.jsonl', undefined],
      ['twice.zip › a.jsonl', undefined],
      ['twice.zip › a.jsonl', true]
    ])
    expect(result.events).toBe(10)
    expect(await engine.ledger()).toHaveLength(2)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('imported again adds nothing, and puts its copy back where that was lost', async () => {
    const { engine, path, at } = await imported('logs.zip', zip(members))
    const copy = join(at, 'evidence', readdirSync(join(at, 'evidence'))[0] ?? '')
    execFileSync('rm', ['-f', copy])
    expect((await engine.verify()).clean).toBe(false)
    const again = await engine.importPaths({ paths: [path] })
    expect(again.events).toBe(0)
    expect(again.evidence.map(({ already }) => already)).toEqual([true, true, true])
    expect((await engine.verify()).clean).toBe(true)
  })

  it('that is changed afterwards is found by verify, and so is the member', async () => {
    const stored = zip([
      { name: 'a.jsonl', bytes: lines(0, 5), method: 0 },
      { name: 'b.jsonl', bytes: lines(5, 5), method: 0 }
    ])
    const { engine, at } = await imported('logs.zip', stored)
    const copy = join(at, 'evidence', sha256(stored))
    execFileSync('chmod', ['u+w', copy])
    stored.write('id-7', stored.indexOf('id-6'))
    writeFileSync(copy, stored)
    const { checks } = await engine.verify()
    expect(checks.filter(({ clean }) => !clean).map(({ what }) => what)).toEqual([
      'logs.zip: SHA-256 of the evidence copy',
      'logs.zip › b.jsonl: SHA-256 in the archive',
      'logs.zip › b.jsonl: records against their bytes'
    ])
  })
})

describe('an archive that is broken', () => {
  it('is refused where its end with the table of contents is missing', async () => {
    const whole = zip([{ name: 'a.jsonl', bytes: lines(0, 500) }])
    const { messages, at } = await imported('cut.zip', whole.subarray(0, whole.length - 100))
    expect(messages).toEqual([
      'cut.zip was not read: it is cut off: its table of contents, which stands at its end, is missing.'
    ])
    expect(readdirSync(join(at, 'evidence'))).toEqual([])
  })

  it('gives the members before the cut, where it is a stream', async () => {
    const bytes = await tar([
      { name: 'a.jsonl', bytes: lines(0, 50) },
      { name: 'b.jsonl', bytes: lines(50, 50) },
      { name: 'c.jsonl', bytes: lines(100, 50) }
    ])
    for (const [name, cut] of [
      ['cut.tar', bytes.subarray(0, 512 * 2 + 8192 + 3000)],
      ['cut.tar.gz', gzipSync(bytes, { level: 0 }).subarray(0, 512 * 2 + 8192 + 3000)]
    ] as const) {
      const { result, messages, engine } = await imported(name, cut)
      expect(result.evidence.map((one) => [one.name, one.unreadable])).toEqual([[`${name} › a.jsonl`, 0]])
      expect(messages).toEqual([
        expect.stringMatching(/ › b\.jsonl was not read: it is cut off or damaged \(.*\): get the archive again\.$/),
        `${name} was not read to its end: the archive is cut off or damaged: what comes after is missing.`
      ])
      expect((await engine.verify()).clean).toBe(true)
    }
  })

  it('that unpacks to a thousand times its size is refused, and fills no disk', async () => {
    const bomb = zip([{ name: 'zeros.jsonl', bytes: Buffer.alloc(1_200_000_000, 0x20) }])
    expect(bomb.length).toBeLessThan(2_000_000)
    const { messages, at } = await imported('bomb.zip', bomb)
    expect(messages).toEqual([
      'bomb.zip › zeros.jsonl was not read: it unpacks to more than 500 times its size, which no log does.'
    ])
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
  }, 60_000)

  it('that holds no file says so', async () => {
    const { messages } = await imported('empty.zip', zip([]))
    expect(messages).toEqual(['empty.zip holds no file. Export it again.'])
  })
})

describe('a cancel in the midst of an archive', () => {
  it.each([
    ['large members', 6, 100_000, ({ records }: ImportProgress) => records >= 200_000],
    ['many small members', 2000, 20, ({ bytes, totalBytes }: ImportProgress) => bytes > totalBytes / 2]
  ])(
    'of %s leaves nothing of it behind',
    async (_, members, each, far) => {
      const folder = await temporaryFolder()
      const path = join(folder, 'big.zip')
      const many = Array.from({ length: members }, (_, n) => ({ name: `${n}.jsonl`, bytes: lines(n * each, each) }))
      writeFileSync(path, zip(many))
      let canceling: Promise<void> | undefined
      const engine = engineIn(folder, (progress: ImportProgress) => {
        if (far(progress)) canceling ??= engine.cancelImport()
      })
      const { folder: at } = await engine.createCase({ name: 'c' })
      const result = await engine.importPaths({ paths: [path] })
      await canceling
      expect(canceling).toBeDefined()
      expect(result).toMatchObject({ canceled: true, evidence: [], events: 0 })
      expect(await engine.ledger()).toEqual([])
      expect((await engine.caseState())?.events).toBe(0)
      expect(readdirSync(join(at, 'evidence'))).toEqual([])
      expect(readdirSync(join(at, 'scratch'))).toEqual([])
      const again = await engine.importPaths({ paths: [path] })
      expect(again.events).toBe(members * each)
      expect((await engine.verify()).clean).toBe(true)
    },
    120_000
  )
})

describe('a full disk', () => {
  it.each([
    ['the archive is copied', 0],
    ['a member is unpacked', 8]
  ])('when %s is told with the way out, and leaves nothing of the archive', async (_, method) => {
    const folder = await temporaryFolder()
    const disk = smallDisk(folder)
    if (!disk) return
    const path = join(folder, 'large.zip')
    const small = { name: 'small.jsonl', bytes: lines(0, 50) }
    writeFileSync(path, zip([small, { name: 'large.jsonl', bytes: lines(50, 120_000), method }]))
    const engine = engineIn(folder)
    const { folder: at } = await engine.createCase({ folder: join(disk, 'c.spoor') })
    const { evidence, refused } = await engine.importPaths({ paths: [path] })
    expect(evidence).toEqual([])
    expect(refused).toMatchObject([{ code: 'disk_full' }])
    expect(refused[0]?.message).toMatch(/^The disk is full: .*Make room, then import/)
    expect(readdirSync(join(at, 'evidence'))).toEqual([])
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
    expect((await engine.caseState())?.events).toBe(0)
    await engine.closeCase()
  })
})
