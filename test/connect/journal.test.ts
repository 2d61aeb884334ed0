import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { Journal } from '../../src-main/engine/connect/journal'
import { journalLines, type PartLine, type RequestLine } from '../../src-main/engine/connect/journal-lines'
import { temporaryFolder } from '../engine/folder'
import { smallDisk } from '../engine/small-disk'

const request = (n: number, body: Buffer): { readonly request: RequestLine } => ({
  request: {
    n,
    at: '2026-11-21T12:00:00.000Z',
    what: 'events',
    method: 'GET',
    url: 'https://api.example/events',
    attempt: 1,
    milliseconds: 5,
    status: 200,
    length: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    events: 1,
    fresh: 1
  }
})

async function opened(folder: string, bytes = 64 << 20) {
  const parts: PartLine[] = []
  const { journal, lines } = await Journal.open({
    folder,
    partName: (stream, number) => `${stream}-${number}.json`,
    now: Date.now,
    limits: { bytes, seconds: 600 },
    partEnded: (part) => parts.push(part)
  })
  return { journal, lines, parts }
}

const bodyOf = (n: number) => Buffer.from(`[{"id":${n},"text":"ä${'x'.repeat(n)}"}]`)

describe('a journal', () => {
  it('keeps answers byte for byte, and knows where each lies', async () => {
    const folder = await temporaryFolder()
    const { journal, parts } = await opened(folder, 100)
    for (let n = 1; n <= 20; n++) {
      journal.add(request(n, bodyOf(n)), bodyOf(n), 'events')
      await journal.flush()
    }
    await journal.endPart()
    await journal.close()
    expect(parts.length).toBeGreaterThan(3)
    for (const line of journalLines(join(folder, 'requests.jsonl'))) {
      if (!('request' in line)) continue
      const { n, part = '', offset = 0, length = 0 } = line.request
      expect(readFileSync(join(folder, part)).subarray(offset, offset + length)).toEqual(bodyOf(n))
    }
    for (const { name, sha256, bytes } of parts) {
      const whole = readFileSync(join(folder, name))
      expect([createHash('sha256').update(whole).digest('hex'), whole.length]).toEqual([sha256, bytes])
    }
  })

  it('goes on where it ended: what it does not tell of is cut off, and told of what was begun', async () => {
    const folder = await temporaryFolder()
    const first = await opened(folder)
    for (let n = 1; n <= 5; n++) first.journal.add(request(n, bodyOf(n)), bodyOf(n), 'events')
    await first.journal.flush()
    await first.journal.close()
    const [part = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const known = statSync(join(folder, part)).size
    // As a process leaves it that ends while it writes.
    appendFileSync(join(folder, part), '[{"id":6')
    appendFileSync(join(folder, 'requests.jsonl'), '{"request":{"n":6,"at":"2026-')
    writeFileSync(join(folder, 'events-0002.json'), '[]')
    const second = await opened(folder)
    expect(second.lines).toHaveLength(5)
    expect(statSync(join(folder, part)).size).toBe(known)
    expect(readdirSync(folder)).not.toContain('events-0002.json')
    second.journal.add(request(6, bodyOf(6)), bodyOf(6), 'events')
    await second.journal.endPart()
    await second.journal.close()
    const whole = Buffer.concat([1, 2, 3, 4, 5, 6].flatMap((n) => [bodyOf(n), Buffer.from('\n')]))
    expect(readFileSync(join(folder, part))).toEqual(whole)
    expect(second.parts).toMatchObject([
      { events: 6, bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') }
    ])
  })

  it('is not touched by who reads it while it is written', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'requests.jsonl')
    const text = '{"note":"one"}\n{"note":"tw'
    writeFileSync(path, text)
    expect(journalLines(path)).toEqual([{ note: 'one' }])
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('holds nothing that it can write no more, however much it is given', async () => {
    const disk = smallDisk(await temporaryFolder())
    if (disk === null) return
    const { journal } = await opened(join(disk, 'pull'))
    const large = (): Buffer => Buffer.alloc(1 << 20, 'x')
    for (let n = 1; n <= 13; n++) journal.add(request(n, large()), large(), 'events')
    await expect(journal.flush()).rejects.toMatchObject({ code: 'disk_full' })
    setFlagsFromString('--expose_gc')
    const collect = runInNewContext('gc') as () => void
    collect()
    const before = process.memoryUsage().arrayBuffers
    for (let n = 14; n <= 77; n++) journal.add(request(n, large()), large(), 'events')
    collect()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 << 20)
    await expect(journal.room()).rejects.toMatchObject({ code: 'disk_full' })
    await journal.close()
  })

  it('does not go on with a part that lost bytes it tells of', async () => {
    const folder = await temporaryFolder()
    const first = await opened(folder)
    first.journal.add(request(1, bodyOf(1)), bodyOf(1), 'events')
    await first.journal.flush()
    await first.journal.close()
    writeFileSync(join(folder, 'events-0001.json'), '[')
    await expect(opened(folder)).rejects.toThrow('its journal tells of')
  })
})
