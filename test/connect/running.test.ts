import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { PullProgress } from '../../src-main/contract/connect'
import { OpenedCase } from '../../src-main/engine/opened-case'
import { temporaryFolder } from '../engine/folder'
import { type Log, pages, plainEvent, plainEvents, plainToken } from '../servers/pages'
import { shown } from './engine'
import { plain, plainConnector } from './plain'
import { newPull, ready } from './pulled'

const log = (count: number, delay = 0): Log => ({
  delay,

  events: plainEvents(count),
  by: 'cursor',
  order: 'newest',
  token: plainToken,
  most: 100
})
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 600 && !(await holds()); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await holds()).toBe(true)
}

describe('a pull that is running', () => {
  it('pauses, asks for nothing meanwhile, and goes on', async () => {
    const { engine, server, progress } = await plain(log(3000), { trouble: () => undefined })
    server.trouble = () => (server.requests.length === 5 ? void engine.pausePull(progress[0]?.pull ?? '') : undefined)
    const over = engine.pull({ connection: 'plain' })
    await until(() => progress.at(-1)?.state === 'paused')
    const asked = server.requests.length
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(server.requests.length).toBeLessThanOrEqual(asked + 1)
    expect(asked).toBeLessThan(30)
    expect((await engine.pulls()).map(({ state }) => state)).toEqual(['paused'])
    await engine.resumePull(progress[0]?.pull ?? '')
    expect((await over).streams).toMatchObject([{ events: 3000, complete: true }])
  })

  it('sends nothing while it is paused, though the time has come to try once more', async () => {
    const server = await pages(log(1000), (number) =>
      number === 3 ? { status: 503, headers: { 'retry-after': '1' }, body: {} } : undefined
    )
    onTestFinished(() => server.close())
    const { pull } = newPull({
      connected: ready(plainConnector('cursor', 'newest'), server.url),
      folder: await temporaryFolder(),
      // The waits themselves take no time here: it is held while it waits for the third to be tried again.
      onProgress: ({ state }, one) => state === 'waiting' && one.hold()
    })
    const over = pull.run()
    await until(() => server.requests.length === 3)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(server.requests).toHaveLength(3)
    pull.release()
    await over
    expect(pull.report()).toMatchObject({ state: 'complete', retries: 1, streams: [{ events: 1000, repeated: 0 }] })
  })

  it('is canceled at once: what came stays, and what did not is told', async () => {
    const { engine, server, progress } = await plain(log(3000))
    server.trouble = (number) => (number === 8 ? { after: 5000 } : undefined)
    const over = engine.pull({ connection: 'plain', since: '2026-10-01' })
    await until(() => server.requests.length === 8)
    const began = Date.now()
    await engine.cancelPull(progress[0]?.pull ?? '')
    expect(Date.now() - began).toBeLessThan(4000)
    const report = await over
    expect(report).toMatchObject({
      state: 'canceled',
      streams: [
        {
          events: 700,
          complete: false,
          missing: [{ from: '2026-10-01T00:00:00.000Z', to: '2026-10-01T00:38:20.000Z' }]
        }
      ]
    })
    expect(await shown(engine)).toBe(700)
  })

  it('stops when its case is closed, and can be resumed when that is open again', async () => {
    const { engine, server, folder, progress } = await plain(log(3000, 20))
    const over = engine.pull({ connection: 'plain' })
    await until(() => server.requests.length >= 6)
    await engine.closeCase()
    expect((await over).state).toBe('interrupted')
    await engine.openCase(folder)
    const [cut] = await engine.pulls()
    const [came] = cut?.streams ?? []
    expect(cut).toMatchObject({ state: 'interrupted', streams: [{ complete: false }] })
    // The newest come first: what is older is still to come.
    expect(came?.missing).toEqual([{ to: came?.first, why: 'the pull was interrupted, and can be resumed' }])
    const report = await engine.resumePull(progress[0]?.pull ?? '')
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 3000, repeated: 0, complete: true }] })
    expect(await shown(engine)).toBe(3000)
    // Its bytes are evidence now, and are not kept twice.
    expect(readdirSync(join(folder, 'pulls', report.id)).sort()).toEqual(['pull.json', 'requests.jsonl'])
    expect((await engine.verify()).clean).toBe(true)
  })

  it('does not begin in a case that is closed while its chain of custody is told of it', async () => {
    const { engine, server, folder } = await plain(log(300))
    const { tell } = OpenedCase.prototype
    let closed: Promise<void> | undefined
    vi.spyOn(OpenedCase.prototype, 'tell').mockImplementation(function (this: OpenedCase, did, detail) {
      if (did === 'connected') closed = engine.closeCase()
      return tell.call(this, did, detail)
    })
    onTestFinished(() => void vi.restoreAllMocks())
    await expect(engine.pull({ connection: 'plain' })).rejects.toThrow('The case has been closed in the meantime.')
    vi.restoreAllMocks()
    await closed
    expect(server.requests).toEqual([])
    expect(existsSync(join(folder, 'pulls'))).toBe(false)
    await engine.openCase(folder)
    expect(await engine.pull({ connection: 'plain' })).toMatchObject({ state: 'complete', streams: [{ events: 300 }] })
  })

  it('counts no event twice that comes again once it is resumed, though its part is evidence by then', async () => {
    const of: Log = { ...log(1500, 20), by: 'offset' }
    const { engine, server, folder, progress } = await plain(of)
    const over = engine.pull({ connection: 'plain' })
    await until(() => server.requests.length >= 6)
    await engine.closeCase()
    await over
    // Whatever is newer moves all others: what was the last of a page is the first of the next.
    of.events.push(plainEvent(9000, Date.parse('2026-11-01')))
    await engine.openCase(folder)
    const report = await engine.resumePull(progress[0]?.pull ?? '')
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 1500, repeated: 1 }] })
    expect(await shown(engine)).toBe(1500)
  })

  it('counts no event twice that it follows on from once it is resumed, whatever part that lies in', async () => {
    const now = Date.now()
    const events = Array.from({ length: 250 }, (_, index) => plainEvent(index, now - 30_000 + index * 100))
    const server = await pages({ ...log(0), events })
    onTestFinished(() => server.close())
    const [folder, evidence] = [await temporaryFolder(), await temporaryFolder()]
    const following = (then: 'interrupt' | 'cancel', after: number) =>
      newPull({
        connected: ready(plainConnector('cursor', 'newest'), server.url),
        folder,
        evidence,
        request: { follow: 1 },
        // Each page in a part of its own.
        limits: { bytes: 1, seconds: 600 },
        onProgress: ({ state }, one) => state === 'following' && server.requests.length >= after && one[then]()
      })
    const first = following('interrupt', 0)
    await first.pull.run()
    for (const { name, sha256 } of first.parts) renameSync(join(folder, name), join(evidence, sha256))
    const asked = server.requests.length
    const { pull } = following('cancel', asked + 4)
    await pull.run()
    expect(server.requests.length).toBeGreaterThan(asked)
    expect(pull.report()).toMatchObject({ state: 'complete', streams: [{ events: 250 }] })
  })

  it('follows: new events are in the case a moment later, each once, until it is canceled', async () => {
    const of = log(150)
    const { engine, server, progress } = await plain(of)
    const over = engine.pull({ connection: 'plain', follow: 1 })
    await until(async () => (await shown(engine)) === 150)
    for (let number = 0; number < 3; number++) {
      of.events.push(plainEvent(9000 + number, Date.now()))
      await until(async () => (await shown(engine)) === 151 + number)
    }
    const asked = server.requests.length
    await until(() => server.requests.length >= asked + 2)
    const states = new Set(progress.map(({ state }: PullProgress) => state))
    expect(states).toContain('following')
    await until(() => progress.at(-1)?.asksAt !== undefined)
    await engine.cancelPull(progress[0]?.pull ?? '')
    const report = await over
    expect(report).toMatchObject({ state: 'complete', streams: [{ events: 153, missing: [] }] })
    // Asked again and again for the same minute, what came before is not kept once more.
    expect(report.parts.reduce((sum, part) => sum + part.events, 0)).toBeLessThan(160)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('says that it imports when all has come, and is complete when that is in the case', async () => {
    const { engine, progress } = await plain(log(2000))
    const report = await engine.pull({ connection: 'plain' })
    const states = progress.map(({ state }) => state)
    expect(states).toContain('importing')
    expect(states.indexOf('complete')).toBe(states.length - 1)
    expect(progress.at(-1)).toMatchObject({ state: 'complete', events: 2000, imported: 2000 })
    expect(report.state).toBe('complete')
  })

  it('leaves the journal of what was asked, though nothing came of it and the case is discarded', async () => {
    const { engine, folder } = await plain(log(10), { trouble: () => ({ status: 403, body: {} }) })
    const { id, state } = await engine.pull({ connection: 'plain' })
    expect(state).toBe('failed')
    await engine.discardCase()
    expect(existsSync(join(folder, 'case.duckdb'))).toBe(true)
    expect(existsSync(join(folder, 'pulls', id, 'requests.jsonl'))).toBe(true)
  })

  it('is one at a time for a connection', async () => {
    const { engine, server } = await plain(log(2000, 20))
    const over = engine.pull({ connection: 'plain' })
    await until(() => server.requests.length >= 2)
    await expect(engine.pull({ connection: 'plain' })).rejects.toThrow('Plain is being pulled already')
    expect((await over).state).toBe('complete')
  })

  it('does not keep a case open for an import that is canceled when it is closed', async () => {
    const { engine, home, folder, progress } = await plain(log(500))
    const file = join(home, 'large.ndjson')
    writeFileSync(
      file,
      plainEvents(400_000)
        .map((event) => JSON.stringify(event))
        .join('\n')
    )
    const importing = engine.importPaths({ paths: [file] })
    const over = engine.pull({ connection: 'plain' })
    // All has come, and waits for that import.
    await until(() => progress.at(-1)?.state === 'importing')
    const late = engine.importPaths({ paths: [file] })
    late.catch(() => {})
    await engine.closeCase()
    expect((await importing).canceled).toBe(true)
    expect((await over).state).toBe('complete')
    await expect(late).rejects.toThrow(/An import is under way|closed in the meantime/)
    await engine.openCase(folder)
    expect(await shown(engine)).toBe(500)
  })

  it('gives way to an import that the analyst asked for, and to which it gives no events', async () => {
    const { engine, folder } = await plain(log(500))
    const over = engine.pull({ connection: 'plain' })
    const file = join(import.meta.dirname, '../fixtures/cli/four-events-and-a-broken-line.ndjson')
    expect(existsSync(file)).toBe(true)
    const result = await engine.importPaths({ paths: [file] })
    expect(result.evidence).toHaveLength(1)
    await over
    expect(await shown(engine)).toBe(504)
    expect(folder).toBeTruthy()
  })
})
