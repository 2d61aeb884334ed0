import { execFileSync } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokenAt, custodyLines } from '../../src-main/engine/evidence/custody'
import { copyEvidence } from '../../src-main/engine/evidence/seal'
import { newSealing } from '../../src-main/engine/evidence/sealing'
import { engineIn, temporaryFolder } from './folder'
import { smallDisk } from './small-disk'

const line = (n: number) =>
  JSON.stringify({
    id: `id-${n}`,
    time: 1773049267120 + n,
    type: 'LOGIN',
    realmId: 'acme',
    userId: 'u',
    ipAddress: '203.0.113.9'
  })

describe('evidence', () => {
  it('is refused when the file changes while it is read', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'growing.jsonl')
    writeFileSync(path, `${line(1)}\n`)
    writeFileSync(join(folder, 'copy'), '')
    let blocks = 0
    expect(() =>
      copyEvidence(path, join(folder, 'copy'), newSealing(), () => {
        if (blocks++ < 2) appendFileSync(path, line(2))
      })
    ).toThrow(/growing\.jsonl changed while it was read, so nothing of it was imported/)
  })

  it('on a full disk is refused with the way out, and what is in the case stays', async (context) => {
    const folder = await temporaryFolder()
    const disk = smallDisk(folder)
    if (!disk) return context.skip()
    const engine = engineIn(folder)
    const { folder: at } = await engine.createCase({ folder: join(disk, 'c.spoor') })
    writeFileSync(join(folder, 'small.jsonl'), line(1))
    writeFileSync(join(folder, 'large.jsonl'), Array.from({ length: 120_000 }, (_, n) => line(n)).join('\n'))
    await engine.importPaths({ paths: [join(folder, 'small.jsonl')] })
    const { refused, evidence } = await engine.importPaths({ paths: [join(folder, 'large.jsonl')] })
    expect(evidence).toEqual([])
    expect(refused).toMatchObject([{ code: 'disk_full' }])
    expect(refused[0]?.message).toMatch(/The disk is full: .*large\.jsonl.*Make room/)
    expect(readdirSync(join(at, 'evidence'))).toHaveLength(1)
    expect(readdirSync(join(at, 'scratch'))).toEqual([])
    expect((await engine.caseState())?.events).toBe(1)
    await engine.closeCase()
  })

  it('that is changed afterwards is found by verify, and so is a changed custody log', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const { folder: at } = await engine.createCase({ name: 'c' })
    writeFileSync(join(folder, 'a.jsonl'), [line(1), line(2)].join('\n'))
    const { evidence } = await engine.importPaths({ paths: [join(folder, 'a.jsonl')] })
    expect((await engine.verify()).clean).toBe(true)
    const copy = join(at, 'evidence', evidence[0]?.sha256 ?? '')
    execFileSync('chmod', ['u+w', copy])
    writeFileSync(copy, readFileSync(copy, 'utf8').replace('id-2', 'id-9'))
    const { clean, checks } = await engine.verify()
    expect(clean).toBe(false)
    expect(checks.filter((one) => !one.clean).map((one) => one.what)).toEqual([
      'a.jsonl: SHA-256 of the evidence copy',
      'a.jsonl: records against their bytes'
    ])
    const custody = join(at, 'custody.jsonl')
    writeFileSync(custody, readFileSync(custody, 'utf8').replace('"did":"imported"', '"did":"opened"'))
    expect(brokenAt(custodyLines(custody))).toBe(3)
  })

  it('whose copy was lost is put back by importing the file again', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const { folder: at } = await engine.createCase({ name: 'c' })
    const path = join(folder, 'a.jsonl')
    writeFileSync(path, line(1))
    const { evidence } = await engine.importPaths({ paths: [path] })
    const copy = join(at, 'evidence', evidence[0]?.sha256 ?? '')
    execFileSync('rm', ['-f', copy])
    expect((await engine.verify()).clean).toBe(false)
    await engine.importPaths({ paths: [path] })
    expect((await engine.verify()).clean).toBe(true)
  })
})
