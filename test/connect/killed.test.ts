import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PullFolders } from '../../src-main/engine/connect/pull-folder'
import { verifyPulls } from '../../src-main/engine/connect/verify-pulls'
import { asgardeoLogs } from '../servers/asgardeo'
import { type Log, plainEvents, plainToken } from '../servers/pages'
import { connectedEngine, shown } from './engine'
import { killedPull as id, killed } from './killed-pull'
import { newReceiver, receiverPassword } from './new-receiver'
import { plain } from './plain'
import { send } from './publish'

/** A pull that failed in the midst, and was closed. */
async function failed() {
  const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const made = await plain(log, { trouble: (number) => (number > 2 ? { status: 403, body: {} } : undefined) })
  expect((await made.engine.pull({ connection: 'plain' })).state).toBe('failed')
  return made
}

describe('a pull that is resumed', () => {
  it('is refused where its connection has other settings by then', async () => {
    const { engine, server } = await killed()
    const settings = { base: `${server.url}/other`, timeout: 2 }
    await engine.saveConnection({ id: 'plain', name: 'Plain', connector: 'plain', settings, secrets: {} })
    await expect(engine.resumePull(id)).rejects.toMatchObject({
      code: 'settings_invalid',
      message: 'Plain has other settings than this pull began with. Begin a new pull, or set them back.'
    })
    expect(await engine.pulls()).toMatchObject([{ state: 'interrupted' }])
  })

  it('is open again from then on: killed at once, it is no journal that was changed', async () => {
    const { engine, folder, server, progress } = await failed()
    server.trouble = () => ({ after: 20_000 })
    const over = engine.resumePull(progress[0]?.pull ?? '')
    const asked = server.requests.length
    for (let tries = 0; tries < 200 && server.requests.length === asked; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(new PullFolders(folder).list()).toMatchObject([{ state: 'interrupted' }])
    expect((await verifyPulls(folder)).filter(({ clean }) => !clean)).toEqual([])
    await engine.closeCase()
    expect((await over).state).toBe('interrupted')
  })
})

describe('a pull that was killed while its last parts were imported', () => {
  it('is not over, and brings its events when it is resumed', async () => {
    const { engine, own } = await killed()
    expect(await engine.pulls()).toMatchObject([{ id, state: 'interrupted' }])
    expect(await shown(engine)).toBe(0)
    expect(await engine.resumePull(id)).toMatchObject({ state: 'complete', streams: [{ events: 500, complete: true }] })
    expect(await shown(engine)).toBe(500)
    expect(readdirSync(own).sort()).toEqual(['pull.json', 'requests.jsonl'])
    expect((await engine.verify()).clean).toBe(true)
  })

  it.each([
    ['asked once', undefined],
    ['followed', 1]
  ])('is brought to its end before the next one begins, which brings what came since: %s', async (_, follow) => {
    const { engine, log } = await killed(follow)
    log.events.push({ id: 'new', time: new Date().toISOString(), action: 'thing.created', actor: 'person-1' })
    const report = await engine.pull({ connection: 'plain' })
    expect(report.id).not.toBe(id)
    expect((await engine.pulls()).map(({ state }) => state)).toEqual(['complete', 'complete'])
    expect(await shown(engine)).toBe(501)
    expect((await engine.verify()).clean).toBe(true)
  })
})

describe('what had come when the application was killed', () => {
  it.each([
    ['is edited by then', { base: 'http://127.0.0.1:9/elsewhere' }],
    ['is there no more', undefined]
  ])('is in the case when that is opened again, though its connection %s', async (_, settings) => {
    const { engine, own, folder, server } = await killed()
    expect(await shown(engine)).toBe(0)
    if (settings) await engine.saveConnection({ id: 'plain', name: 'Plain', connector: 'plain', settings, secrets: {} })
    else await engine.removeConnection('plain')
    const asked = server.requests.length
    await engine.closeCase()
    await engine.openCase(folder)
    expect(await shown(engine)).toBe(500)
    expect(await engine.pulls()).toMatchObject([{ id, state: 'interrupted', refused: [], streams: [{ events: 500 }] }])
    expect(readdirSync(own).sort()).toEqual(['pull.json', 'requests.jsonl'])
    expect(server.requests).toHaveLength(asked)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('is in the case when that is opened again, where it was listened for', async () => {
    const { engine, folder } = await connectedEngine()
    await engine.closeCase()
    const own = join(folder, 'pulls', 'published-20261121-120000')
    const { receiver, port, settings } = await newReceiver(own)
    const over = receiver.run()
    const newest = Date.parse('2026-11-20T12:00:00Z')
    const sent = async (count: number) => send(port, JSON.stringify(asgardeoLogs(count, newest))).catch(() => 0)
    for (let tries = 0; tries < 100 && (await sent(30)) !== 200; tries++)
      await new Promise((done) => setTimeout(done, 50))
    receiver.interrupt()
    await over
    // As a process leaves it that is killed: its part was not at its end.
    const journal = join(own, 'requests.jsonl')
    writeFileSync(journal, readFileSync(journal, 'utf8').replace(/\{"part":.*\n/, ''))
    const connection = {
      name: 'Published',
      connector: 'asgardeo-push',
      settings,
      secrets: { password: receiverPassword }
    }
    await engine.saveConnection(connection)
    await engine.openCase(folder)
    expect(await shown(engine)).toBe(30)
    expect(await engine.pulls()).toMatchObject([{ id: 'published-20261121-120000', state: 'interrupted' }])
    expect((await engine.verify()).clean).toBe(true)
  })

  it('is kept once, where it was in the case already, and leaves a pull that is complete as it is', async () => {
    const { engine, own, folder } = await killed()
    const part = readdirSync(own).find((name) => name.endsWith('0001.json')) ?? ''
    const bytes = readFileSync(join(own, part))
    expect(await engine.resumePull(id)).toMatchObject({ state: 'complete' })
    // As a process leaves it that is killed before it takes away what it has imported.
    writeFileSync(join(own, part), bytes)
    await engine.closeCase()
    await engine.openCase(folder)
    expect(await engine.pulls()).toMatchObject([{ id, state: 'complete', refused: [] }])
    expect(readdirSync(own).sort()).toEqual(['pull.json', 'requests.jsonl'])
    expect(await shown(engine)).toBe(500)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('is left where it is where its journal names files elsewhere', async () => {
    const { engine, own, folder, home, journal } = await killed()
    const other = join(home, 'other-0001.json')
    writeFileSync(other, '[{"id":"precious"}]')
    const part = readdirSync(own).find((name) => name.endsWith('0001.json')) ?? ''
    const sha256 = createHash('sha256').update(readFileSync(other)).digest('hex')
    rmSync(join(own, part))
    symlinkSync(other, join(own, part))
    const text = readFileSync(journal, 'utf8').replaceAll(part, `../../../home/other-0001.json`)
    writeFileSync(journal, text.replace(/"sha256":"[0-9a-f]+","events":500/, `"sha256":"${sha256}","events":500`))
    await engine.removeConnection('plain')
    await engine.closeCase()
    await engine.openCase(folder)
    expect(readFileSync(other, 'utf8')).toBe('[{"id":"precious"}]')
    expect(await shown(engine)).toBe(0)
  })
})
