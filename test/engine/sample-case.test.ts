import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineIn, temporaryFolder } from './folder'

describe('the sample case', () => {
  it('is opened again where it is, and made anew once a file of it is gone', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const first = await engine.openSample()
    await engine.closeCase()
    const again = await engine.openSample()
    expect([again.folder, again.events, (await engine.recentCases()).length]).toEqual([first.folder, first.events, 1])

    await engine.closeCase()
    const evidence = join(first.folder, 'evidence')
    rmSync(join(evidence, readdirSync(evidence)[0] ?? ''), { force: true })
    const fresh = await engine.openSample()
    expect([fresh.name, fresh.events]).toEqual(['Sample case 2', first.events])
  })
})

describe('a case that is discarded', () => {
  it('leaves nothing behind where nothing ever went into it', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const { folder: made } = await engine.createCase({ name: 'photo' })
    writeFileSync(join(folder, 'photo.png'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    const { refused } = await engine.importPaths({ paths: [join(folder, 'photo.png')] })
    expect(refused.length).toBe(1)
    await engine.discardCase()
    expect([existsSync(made), await engine.caseState(), await engine.recentCases()]).toEqual([false, null, []])
  })

  it('stays on the disk with what is in it, and with what is no part of a case', async () => {
    const folder = await temporaryFolder()
    const engine = engineIn(folder)
    const { folder: used } = await engine.createCase({ name: 'used' })
    writeFileSync(join(folder, 'log.csv'), 'time,user,action\n2026-03-09T09:41:07Z,alice,login\n')
    await engine.importPaths({ paths: [join(folder, 'log.csv')] })
    await engine.discardCase()
    expect(existsSync(join(used, 'case.duckdb'))).toBe(true)

    const { folder: kept } = await engine.createCase({ name: 'kept' })
    writeFileSync(join(kept, 'notes.txt'), 'mine')
    await engine.discardCase()
    expect(readdirSync(kept)).toEqual(['notes.txt'])
  })

  it('stays where it was only opened, empty as it is', async () => {
    const folder = await temporaryFolder()
    const maker = engineIn(folder)
    const { folder: made } = await maker.createCase({ name: 'empty' })
    await maker.closeCase()
    const engine = engineIn(join(folder, 'other'))
    await engine.openCase(made)
    await engine.discardCase()
    expect(existsSync(join(made, 'case.duckdb'))).toBe(true)
  })
})
