import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../src-main/engine/connect/fingerprint'
import { PullFolders } from '../../src-main/engine/connect/pull-folder'
import { verifyPulls } from '../../src-main/engine/connect/verify-pulls'
import { type Log, plainEvents, plainToken } from '../servers/pages'
import { shown } from './engine'
import { plain, plainConnector } from './plain'
import { newPull, ready } from './pulled'

const id = 'plain-20261121-120000'

/** A pull that failed in the midst, and was closed. */
async function failed() {
  const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const made = await plain(log, { trouble: (number) => (number > 2 ? { status: 403, body: {} } : undefined) })
  expect((await made.engine.pull({ connection: 'plain' })).state).toBe('failed')
  return made
}

/** A case as it is when the application is killed while the last parts are imported: all has come, and nothing of it is in. */
async function killed(follow?: number) {
  const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const made = await plain(log)
  const { engine, server, folder } = made
  const own = join(folder, 'pulls', id)
  const { pull } = newPull({
    connected: ready(plainConnector('cursor', 'newest'), server.url),
    folder: own,
    ...(follow === undefined
      ? {}
      : { request: { follow }, onProgress: ({ state }, { cancel }) => state === 'following' && cancel.call(pull) })
  })
  await pull.run()
  const [connection] = await engine.connections()
  const journal = join(own, 'requests.jsonl')
  const settings = fingerprint(connection?.settings ?? {})
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"settings":""', `"settings":"${settings}"`))
  new PullFolders(folder).keep({ ...pull.report(), refused: [] }, pull.books)
  await engine.closeCase()
  await engine.openCase(folder)
  return { ...made, log, own, journal }
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
