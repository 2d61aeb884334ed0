import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zip } from '../engine/archives'
import { built, log, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-cli-archives-'))
const run = (...args: string[]) => spoor(home, args)

beforeAll(() => built())
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('spoor import of an archive', () => {
  it('accounts for each member, names what it did not read, and exits with 3', async () => {
    const path = join(home, 'logs.zip')
    const image = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    writeFileSync(
      path,
      zip([
        { name: 'in/log.ndjson', bytes: readFileSync(log) },
        { name: 'photo.png', bytes: image }
      ])
    )
    const folder = join(home, 'packed')
    const { code, out, err } = await run('import', path, '--case', folder, '--json')
    expect(code).toBe(3)
    expect(JSON.parse(out).evidence).toMatchObject([
      { path, name: 'logs.zip › in/log.ndjson', events: 4, unreadable: 1 }
    ])
    expect(err).toMatch(/^logs\.zip › photo\.png is a PNG image, not a log\./m)
    expect(err).toMatch(/^4 events in \d+\.\d s; 1 file not read$/m)
    const verified = await run('verify', '--case', folder)
    expect(verified.code).toBe(0)
    expect(verified.out).toMatch(/ok\s+logs\.zip › in\/log\.ndjson: SHA-256 in the archive/)
  })

  it('of a file that is in the case adds nothing, says so, and exits with 0', async () => {
    const folder = join(home, 'again')
    expect((await run('import', log, '--case', folder)).code).toBe(3)
    const { code, out, err } = await run('import', log, '--case', folder, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ events: 0, evidence: [{ events: 4, duplicates: 0, already: true }] })
    expect(err).toMatch(/these very bytes are in the case already, as .*, imported .*: nothing was added/)
    expect(err).toMatch(/^0 events in \d+\.\d s; nothing added of 1 file that the case had already$/m)
  })

  it('finds a custody log that was cut short, and exits with 3', async () => {
    const folder = join(home, 'cut')
    await run('import', log, '--case', folder)
    rmSync(join(folder, 'custody.jsonl'))
    const { code, out } = await run('verify', '--case', folder)
    expect(code).toBe(3)
    expect(out).toMatch(/DIFFERS\s+custody log/)
  })
})
