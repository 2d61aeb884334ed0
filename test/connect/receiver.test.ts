import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PullReport } from '../../src-main/contract/connect'
import { smallDisk } from '../engine/small-disk'
import { asgardeoLogs } from '../servers/asgardeo'
import { type Connected, connectedEngine, shown } from './engine'
import { freePort } from './free-port'
import { receiverPassword as password } from './new-receiver'
import { send } from './publish'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/sources', name), 'utf8')

/** A real engine that listens for what is published, until the test ends it. */
async function listening(settings: object = {}, secrets: object = {}, of?: Connected) {
  const made = of ?? (await connectedEngine())
  const port = await freePort()
  await made.engine.saveConnection({
    name: 'Published',
    connector: 'asgardeo-push',
    settings: { user: 'asgardeo', port, ...settings },
    secrets: { password, ...secrets }
  })
  const begun = () => made.progress.findLast(({ state }) => state === 'listening')
  const over = made.engine.pull({ connection: 'published' })
  over.catch(() => {})
  await waitFor(() => begun() !== undefined)
  const id = begun()?.pull ?? ''
  const end = async (): Promise<PullReport> => {
    await made.engine.cancelPull(id)
    return over
  }
  return { ...made, port, id, end, over }
}

/** Takes all the room there is on a disk. */
function fill(file: string): void {
  const some = Buffer.alloc(4096)
  try {
    for (;;) appendFileSync(file, some)
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
  }
}

async function waitFor(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not come to that in 15 seconds')
}

describe('events that a product publishes', () => {
  it('are evidence before the sender is answered, and shown while more is listened for', async () => {
    const { engine, port, folder, end } = await listening()
    const logs = asgardeoLogs(60)
    expect(await send(port, JSON.stringify(logs.slice(0, 20)))).toBe(200)
    expect(await send(port, JSON.stringify(logs.slice(20, 40)))).toBe(200)
    await waitFor(async () => (await shown(engine)) === 40)
    // What a sender sends again, because our answer was lost, is kept and shown once.
    expect(await send(port, JSON.stringify(logs.slice(20, 40)))).toBe(200)
    expect(
      await send(port, gzipSync(JSON.stringify(logs.slice(40))), { headers: { 'content-encoding': 'gzip' } })
    ).toBe(200)
    const report = await end()
    expect(report).toMatchObject({
      state: 'complete',
      streams: [{ title: 'Published logs', events: 60, repeated: 20, complete: true }]
    })
    expect(report.refused).toEqual([])
    expect(await shown(engine)).toBe(60)
    const ledger = await engine.ledger()
    expect(ledger.map(({ source, balanced }) => ({ source, balanced }))).toEqual(
      ledger.map(() => ({ source: 'asgardeo', balanced: true }))
    )
    expect((await engine.verify()).clean).toBe(true)
    const custody = readFileSync(join(folder, 'custody.jsonl'), 'utf8')
    expect(custody).toContain('from 127.0.0.1, asgardeo-publisher: 200, ')
    expect(custody).not.toContain(password)
  })

  it('are read as each of the three shapes that Asgardeo writes', async () => {
    const { engine, port, end } = await listening()
    for (const name of ['asgardeo/array.json', 'asgardeo.legacy/lines.jsonl', 'asgardeo.diagnostic/array.json'])
      expect(await send(port, fixture(name))).toBe(200)
    const { state, refused } = await end()
    expect({ state, refused }).toEqual({ state: 'complete', refused: [] })
    const sources = (await engine.ledger()).flatMap(({ source }) => source.split(',').map((one) => one.trim()))
    expect([...new Set(sources)].sort()).toEqual(['asgardeo', 'asgardeo.diagnostic', 'asgardeo.legacy'])
  })

  it('are taken of nobody who does not show user and password, nor in any other way than POST to its path', async () => {
    const { engine, port, end } = await listening()
    const body = JSON.stringify(asgardeoLogs(1))
    expect(await send(port, body, { user: 'asgardeo:wrong' })).toBe(401)
    expect(await send(port, body, { user: 'asgardeo:wrong', path: '/elsewhere' })).toBe(401)
    expect(await send(port, body, { path: '/elsewhere' })).toBe(404)
    expect(await send(port, body, { method: 'PUT' })).toBe(405)
    expect(await send(port, Buffer.from('x'), { headers: { 'content-encoding': 'br' } })).toBe(415)
    expect(await send(port, Buffer.alloc((64 << 20) + 1)).catch(() => 413)).toBe(413)
    const report = await end()
    expect(report).toMatchObject({ state: 'complete', parts: [], streams: [{ events: 0 }] })
    expect(await shown(engine)).toBe(0)
  })

  it('are not taken while it is paused: the sender keeps them and comes back', async () => {
    const { engine, port, id, end } = await listening()
    await engine.pausePull(id)
    expect(await send(port, JSON.stringify(asgardeoLogs(5)))).toBe(503)
    void engine.resumePull(id)
    expect(await send(port, JSON.stringify(asgardeoLogs(5)))).toBe(200)
    await end()
    expect(await shown(engine)).toBe(5)
  })

  it('are kept as they came where they are no JSON, and that they cannot be read is said', async () => {
    const { engine, port, end } = await listening()
    expect(await send(port, 'Initiator : ada | Action : add-user', { headers: { 'content-type': 'text/plain' } })).toBe(
      200
    )
    expect(await send(port, JSON.stringify(asgardeoLogs(3)))).toBe(200)
    const report = await end()
    expect(report.notes.join(' ')).toContain('Delivery 1 is no JSON. It is kept as it came')
    expect(report.parts).toHaveLength(2)
    const logs = (await engine.ledger()).find(({ source }) => source === 'asgardeo')
    expect(logs).toMatchObject({ events: 3, unreadable: 0, balanced: true })
  })

  it('come over a certificate of its own, which stays the same, until one is given', async () => {
    const first = await listening()
    const made = JSON.parse(readFileSync(join(first.home, 'certificates.json'), 'utf8')).published.certificate as string
    // Who is to send can be given it, and not its key.
    const [connection] = await first.engine.connections()
    expect(connection?.certificate).toBe(made)
    expect(JSON.stringify(connection)).not.toContain('PRIVATE KEY')
    const held = new X509Certificate(made)
    expect(held.verify(held.publicKey)).toBe(true)
    expect(held.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(held.checkHost('localhost')).toBe('localhost')
    // A sender that trusts it and nothing else gets through, and again after it was listened anew.
    expect(await send(first.port, JSON.stringify(asgardeoLogs(1)), { ca: made })).toBe(200)
    await first.end()
    const again = first.engine.pull({ connection: 'published' })
    const isBack = () => first.progress.at(-1)?.state === 'listening'
    await waitFor(isBack)
    expect(await send(first.port, JSON.stringify(asgardeoLogs(1)), { ca: made })).toBe(200)
    await first.engine.cancelPull(first.progress.at(-1)?.pull ?? '')
    await again

    const folder = first.folder
    const [key, certificate] = [`${folder}.key`, `${folder}.crt`]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        certificate,
        '-days',
        '30',
        '-subj',
        '/CN=events.example.com',
        '-addext',
        'subjectAltName=DNS:events.example.com'
      ],
      { stdio: 'ignore' }
    )
    const given = { certificate: readFileSync(certificate, 'utf8'), name: 'events.example.com' }
    // A field of one line runs the lines of a key together.
    const second = await listening(given, { key: readFileSync(key, 'utf8').replaceAll('\n', ' ') })
    const { steps, ok } = await second.engine.testConnection({
      name: 'x',
      connector: 'asgardeo-push',
      settings: { user: 'a', port: await freePort(), ...given },
      secrets: { password, key: readFileSync(key, 'utf8') }
    })
    expect({ ok, states: steps.map(({ what, state }) => `${what} ${state}`) }).toEqual({
      ok: true,
      states: ['certificate passed', 'connection passed']
    })
    await second.end()
    writeFileSync(key, '')
  })

  it('go on being taken where the case was closed in between, with nothing lost of what was acknowledged', async () => {
    const { engine, port, id, folder, progress, over } = await listening()
    const newest = Date.parse('2026-11-20T12:00:00Z')
    expect(await send(port, JSON.stringify(asgardeoLogs(30, newest)))).toBe(200)
    await engine.closeCase()
    await over
    await expect(send(port, '{}')).rejects.toThrow('ECONNREFUSED')

    await engine.openCase(folder)
    expect(await engine.pulls()).toMatchObject([{ id, state: 'interrupted' }])
    const before = progress.length
    const resumed = engine.resumePull(id)
    await waitFor(() => progress.slice(before).some(({ state }) => state === 'listening'))
    expect(await send(port, JSON.stringify(asgardeoLogs(35, newest + 5000)))).toBe(200)
    await engine.cancelPull(id)
    expect(await resumed).toMatchObject({
      id,
      state: 'complete',
      requests: 2,
      // A sender that was not answered sends again.
      streams: [{ events: 35, repeated: 30 }]
    })
    expect(await shown(engine)).toBe(35)
    expect((await engine.ledger()).every(({ balanced }) => balanced)).toBe(true)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('are refused where the disk is full, which ends it: the sender keeps them, and sends them when there is room', async () => {
    const made = await connectedEngine()
    const disk = smallDisk(made.home)
    if (disk === null) return
    symlinkSync(disk, join(made.folder, 'pulls'))
    const { engine, port, id, progress, over } = await listening({}, {}, made)
    const newest = Date.parse('2026-11-20T12:00:00Z')
    expect(await send(port, JSON.stringify(asgardeoLogs(30, newest)))).toBe(200)
    const filler = join(disk, 'filler')
    fill(filler)
    const more = JSON.stringify(asgardeoLogs(40, newest + 10_000))
    expect(await send(port, more)).toBe(503)
    const said = new RegExp(
      `^The disk is full: nothing more can be kept in .*${id}\\. .* Make room, then resume the pull\\.$`
    )
    expect(await over).toMatchObject({
      state: 'failed',
      fault: expect.stringMatching(said),
      streams: [{ events: 30, repeated: 0 }]
    })
    await expect(send(port, more)).rejects.toThrow('ECONNREFUSED')

    rmSync(filler)
    // What was acknowledged is in the case as soon as there is room for it.
    await engine.closeCase()
    await engine.openCase(made.folder)
    expect(await shown(engine)).toBe(30)
    const before = progress.length
    const resumed = engine.resumePull(id)
    await waitFor(() => progress.slice(before).some(({ state }) => state === 'listening'))
    expect(await send(port, more)).toBe(200)
    await engine.cancelPull(id)
    const report = await resumed
    expect(report).toMatchObject({ state: 'complete', streams: [{ complete: true }] })
    expect(report.fault).toBeUndefined()
    expect(await shown(engine)).toBe(40)
    expect((await engine.verify()).clean).toBe(true)
  })

  it('can be tried beforehand: what is in the way of listening is said', async () => {
    const { engine } = await connectedEngine()
    const port = await freePort()
    const draft = (settings: object) => ({
      name: 'x',
      connector: 'asgardeo-push',
      settings: { user: 'asgardeo', port, ...settings },
      secrets: { password }
    })
    const sentences = async (settings: object) =>
      (await engine.testConnection(draft(settings))).steps.map(({ sentence }) => sentence).join(' ')
    expect(await sentences({})).toContain(`Publish to https://127.0.0.1:${port}/events with user “asgardeo”`)
    expect(await sentences({})).toContain('Spoor made the certificate itself: who publishes has to trust it (SHA-256 ')
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    expect(await sentences({})).toContain(`Something else listens at 127.0.0.1, port ${port} already.`)
    const short = { ...draft({}), secrets: { password: 'short' } }
    const { steps } = await engine.testConnection(short)
    expect(steps[0]?.sentence).toContain('The password has fewer than 12 characters')
    expect(await sentences({ host: '198.51.100.77' })).toContain('This machine has no address 198.51.100.77.')
    await engine.saveConnection(draft({}))
    await expect(engine.pull({ connection: 'x', since: '2026-11-01' })).rejects.toThrow(
      'x is sent its events: it listens from now on, and can be asked for no stretch of time.'
    )
    expect(await engine.pull({ connection: 'x' })).toMatchObject({
      state: 'failed',
      fault: `Something else listens at 127.0.0.1, port ${port} already. End that, or give another port in the connection.`
    })
  })
})
