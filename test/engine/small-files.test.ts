import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../src-main/contract/evidence'
import type { ImportProgress } from '../../src-main/contract/import'
import type { Engine } from '../../src-main/contract/rpc'
import { zip } from './archives'
import { engineIn, temporaryFolder } from './folder'

const fixtures = resolve(import.meta.dirname, '../fixtures')

const record = (n: number) => ({
  eventVersion: '1.08',
  userIdentity: { type: 'IAMUser', userName: `user-${n % 5}`, accountId: '123456789012' },
  eventTime: new Date(Date.UTC(2026, 2, 9) + n * 1000).toISOString().replace('.000', ''),
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-central-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'aws-cli/2.13',
  requestParameters: { bucketName: 'b', key: `k/${n}` },
  responseElements: null,
  requestID: `r-${n}`,
  eventID: `e-${n}`,
  eventType: 'AwsApiCall',
  recipientAccountId: '123456789012'
})

/** What CloudTrail puts into a bucket: one small file every few minutes, in folders by region and day. */
const delivered = (file: number, records: number) =>
  Buffer.from(JSON.stringify({ Records: Array.from({ length: records }, (_, n) => record(file * records + n)) }))

async function caseIn(folder: string, onProgress?: (progress: ImportProgress) => void) {
  const engine = engineIn(folder, onProgress)
  const { folder: at } = await engine.createCase({ name: 'c' })
  return { engine, at }
}

/** A ledger line without what differs from one import to the next. */
const lasting = ({ seconds: _, importedAt: __, ...line }: LedgerLine) => line

const everything = async (engine: Engine) =>
  (await engine.sql('SELECT * FROM record ORDER BY evidence, sha256, record', 100_000)).rows

const shown = async (engine: Engine) =>
  (await engine.sql('SELECT * EXCLUDE (_id) FROM event ORDER BY _id', 100_000)).rows

describe('thousands of small files', () => {
  const files = 2000
  const records = 12

  it.each(['folder', 'zip'])(
    'in a %s go in together, each with books of its own',
    async (kind) => {
      const folder = await temporaryFolder()
      const packed = Array.from({ length: files }, (_, n) => ({
        name: `AWSLogs/eu-central-1/2026/03/${String(1 + (n % 28)).padStart(2, '0')}/${n}.json.gz`,
        bytes: gzipSync(delivered(n, records))
      }))
      const path = join(folder, kind === 'zip' ? 'logs.zip' : 'logs')
      if (kind === 'zip') writeFileSync(path, zip(packed.map((one) => ({ ...one, method: 0 }))))
      else
        for (const { name, bytes } of packed) {
          mkdirSync(join(path, name, '..'), { recursive: true })
          writeFileSync(join(path, name), bytes)
        }
      const { engine } = await caseIn(folder)
      const { evidence, refused, events } = await engine.importPaths({ paths: [path] })
      expect(refused).toEqual([])
      expect(events).toBe(files * records)
      expect(evidence).toHaveLength(files)
      for (const line of evidence)
        expect(line).toMatchObject({
          source: 'aws.cloudtrail',
          records,
          events: records,
          duplicates: 0,
          balanced: true
        })
      const of = evidence.find(({ name }) => name.endsWith('1234.json.gz')) as LedgerLine
      const rows = await engine.records({ evidence: of.sha256, limit: 100 })
      const content = delivered(1234, records).toString()
      expect(rows.map(({ text }) => text)).toEqual(
        Array.from({ length: records }, (_, n) => JSON.stringify(record(1234 * records + n)))
      )
      for (const { text, place } of rows) expect(content.slice(place.offset, place.offset + place.length)).toBe(text)
      const verified = await engine.verify()
      expect(verified.checks.filter(({ clean }) => !clean)).toEqual([])
    },
    180_000
  )
})

describe('small files taken together', () => {
  it('give what they give one by one: of every source, odd, broken, no log at all, and of the same bytes', async () => {
    const folder = await temporaryFolder()
    const twin = join(folder, 'twin.json')
    writeFileSync(twin, readFileSync(join(fixtures, 'sources/okta/api-array.json')))
    const odd: readonly (readonly [string, string | Buffer])[] = [
      ['empty.json', ''],
      ['blank.json', ' \n'],
      ['none.json', '{"Records":[]}'],
      ['picture.json', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      ['cut.json.gz', gzipSync(delivered(1, 500)).subarray(0, 700)],
      ['utf16.jsonl', Buffer.from(`\uFEFF${JSON.stringify(record(7))}\n${JSON.stringify(record(8))}\n`, 'utf16le')],
      ['broken-lines.jsonl', `${JSON.stringify(record(9))}\n{"cut": \n\n${JSON.stringify(record(9))}\n`],
      ['overlapping.json', delivered(0, 10)],
      ['overlapping-too.json', delivered(0, 20)],
      ['conflicting.json', JSON.stringify({ Records: [{ ...record(3), awsRegion: 'us-east-1' }] })]
    ]
    for (const [name, bytes] of odd) writeFileSync(join(folder, name), bytes)
    const sources = readdirSync(join(fixtures, 'sources'), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !one.name.includes('expected'))
      .map((one) => join(one.parentPath, one.name))
    const directories = readdirSync(join(fixtures, 'directory')).map((name) => join(fixtures, 'directory', name))
    const paths = [...odd.map(([name]) => join(folder, name)), ...sources, ...directories, twin]

    const together = await caseIn(join(folder, 'together'))
    const all = await together.engine.importPaths({ paths })
    const apart = await caseIn(join(folder, 'apart'))
    const lines: LedgerLine[] = []
    const refused: string[] = []
    for (const path of paths) {
      const one = await apart.engine.importPaths({ paths: [path] })
      lines.push(...one.evidence)
      refused.push(...one.refused.map(({ message }) => message))
    }
    expect(all.refused.map(({ message }) => message)).toEqual(refused)
    expect(refused.length).toBeGreaterThanOrEqual(4)
    const already = ({ already }: LedgerLine) => !already
    expect(all.evidence.map(({ path, already }) => [basename(path), already])).toEqual(
      lines.map(({ path, already }) => [basename(path), already])
    )
    expect(all.evidence.filter(already).map(lasting)).toEqual(lines.filter(already).map(lasting))
    expect(await everything(together.engine)).toEqual(await everything(apart.engine))
    expect(await shown(together.engine)).toEqual(await shown(apart.engine))
    expect((await together.engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
  }, 600_000)

  it('leave out the one whose definition fails on it, and say why', async () => {
    const folder = await temporaryFolder()
    const { engine } = await caseIn(folder)
    await engine.saveSource(`id: doors
title: Doors
read: { as: csv }
recognise: { all: [when, door] }
event: { "@timestamp": when, message: { sql: "CASE WHEN record->>'door' = 'trap' THEN error('a trap door') ELSE record->>'door' END" } }
samples: []
`)
    const paths = ['front', 'trap', 'back'].map((door) => {
      const path = join(folder, `${door}.csv`)
      writeFileSync(path, `when,door\n2026-03-09T08:41:07Z,${door}\n2026-03-09T08:42:07Z,${door}\n`)
      return path
    })
    const { evidence, refused } = await engine.importPaths({ paths })
    expect(evidence.map(({ name, events }) => [name, events])).toEqual([
      ['front.csv', 2],
      ['back.csv', 2]
    ])
    expect(refused.map(({ path, message }) => [path, message.includes('a trap door')])).toEqual([[paths[1], true]])
    expect((await engine.verify()).clean).toBe(true)
  })

  it('leave nothing of those at hand behind when they are canceled, and keep those before', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'logs')
    mkdirSync(path)
    for (let n = 0; n < 1500; n++) writeFileSync(join(path, `${String(n).padStart(4, '0')}.json`), delivered(n, 5))
    let canceling: NodeJS.Timeout | undefined
    const { engine, at } = await caseIn(folder, ({ file }) => {
      // As often as one presses a button that seems to do nothing.
      if (file > 700) canceling ??= setInterval(() => void engine.cancelImport(), 1)
    })
    const result = await engine.importPaths({ paths: [path] }).finally(() => clearInterval(canceling))
    expect(result.canceled).toBe(true)
    const kept = result.evidence.length
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(1500)
    expect((await engine.caseState())?.events).toBe(kept * 5)
    expect(readdirSync(join(at, 'evidence'))).toHaveLength(kept)
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
    expect((await engine.importPaths({ paths: [path] })).events).toBe((1500 - kept) * 5)
    expect((await engine.verify()).clean).toBe(true)
  }, 120_000)
})
