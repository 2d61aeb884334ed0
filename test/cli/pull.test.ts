import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { PullReport } from '../../src-main/contract/connect'
import { journalLines } from '../../src-main/engine/connect/journal-lines'
import { plainConnector } from '../connect/plain'
import { type Log, pages, plainEvents, plainToken } from '../servers/pages'
import type { StandIn } from '../servers/strict-server'
import { built, program, spoor } from './run'

// Each command is a process of its own.
vi.setConfig({ testTimeout: 240_000 })

let home: string
let folder: string

beforeAll(built)
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'spoor-cli-'))
  folder = join(home, 'case.spoor')
  process.env['SPOOR_PLAIN_TOKEN'] = plainToken
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
})
afterAll(() => {
  delete process.env['SPOOR_PLAIN_TOKEN']
})

async function served(count: number): Promise<StandIn & { readonly log: Log }> {
  const log: Log = { events: plainEvents(count), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const server = await pages(log)
  onTestFinished(() => server.close())
  mkdirSync(join(home, 'connectors'))
  writeFileSync(join(home, 'connectors', 'plain.yaml'), plainConnector('cursor', 'newest'))
  const added = await spoor(home, ['connections', 'add', 'plain', `base=${server.url}`, '--name', 'Plain'])
  expect(added.err).toContain('plain is kept; it contacts 127.0.0.1')
  return Object.assign(server, { log })
}

/** The requests that the chain of custody tells of. */
function requestsTold(): readonly string[] {
  const lines = readFileSync(join(folder, 'custody.jsonl'), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line)).flatMap(({ did, detail }) => (did === 'asked' ? detail.requests : []))
}

const pull = async (...args: readonly string[]) => {
  const done = await spoor(home, ['pull', 'plain', '--case', folder, '--json', ...args])
  return { ...done, report: JSON.parse(done.out || 'null') as PullReport | null }
}

describe('spoor pull', () => {
  it('pulls into a case that it makes, and later what came since', async () => {
    const { log } = await served(250)
    const first = await pull()
    expect(first.code).toBe(0)
    expect(first.report).toMatchObject({ state: 'complete', requests: 3, streams: [{ events: 250, complete: true }] })
    expect(first.err).toContain('250 events')
    log.events.push({ id: 'new', time: new Date().toISOString(), action: 'thing.created', actor: 'person-1' })
    const second = await pull()
    expect(second.report?.streams).toMatchObject([{ events: 1 }])
    expect(JSON.parse((await spoor(home, ['count', '--case', folder, '--json'])).out).total).toBe(251)
    expect((await spoor(home, ['verify', '--case', folder])).code).toBe(0)
  })

  it('goes on after kill -9 without loss or repetition, as often as that happens', async () => {
    const server = await served(12_000)
    server.trouble = () => undefined
    for (const after of [20, 45, 80]) {
      const args = ['pull', 'plain', '--case', folder, ...(after === 20 ? [] : ['--resume'])]
      const child = spawn(process.execPath, [program, ...args], {
        env: { ...process.env, SPOOR_HOME: home },
        stdio: 'ignore'
      })
      const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
      server.trouble = () => {
        if (server.requests.length === after) child.kill('SIGKILL')
        return undefined
      }
      expect(await ended).toBe('SIGKILL')
    }
    server.trouble = undefined
    // Whoever opens the case finds every request in the chain of custody that was made before the end.
    await spoor(home, ['ledger', '--case', folder])
    const [pulled = ''] = readdirSync(join(folder, 'pulls'))
    const journal = journalLines(join(folder, 'pulls', pulled, 'requests.jsonl'))
    expect(requestsTold()).toHaveLength(journal.filter((line) => 'request' in line).length)
    const done = await pull('--resume')
    expect(done.code).toBe(0)
    expect(done.report).toMatchObject({
      state: 'complete',
      streams: [{ events: 12_000, repeated: 0, complete: true, missing: [] }]
    })
    const ledger = JSON.parse((await spoor(home, ['ledger', '--case', folder, '--json'])).out)
    expect(ledger.events).toBe(12_000)
    const counted = JSON.parse((await spoor(home, ['count', '--case', folder, '--json'])).out)
    expect(counted.total).toBe(12_000)
    expect((await spoor(home, ['verify', '--case', folder])).code).toBe(0)
    // What was asked before the ends is in the chain of custody, like all else.
    expect(requestsTold()).toHaveLength(done.report?.requests ?? -1)
  })

  it('explains what is in the way, and leaves no case behind that has nothing', async () => {
    const server = await served(10)
    process.env['SPOOR_PLAIN_TOKEN'] = 'another token'
    const test = await spoor(home, ['connections', 'test', 'plain'])
    expect(test.code).toBe(1)
    expect(test.out).toContain('does not accept who asks (401)')
    delete process.env['SPOOR_PLAIN_TOKEN']
    const none = await spoor(home, ['pull', 'plain', '--case', folder])
    expect(none.code).toBe(1)
    expect(none.err).toContain('The secret “token” is missing')
    expect(existsSync(folder)).toBe(false)
    expect(server.requests).toHaveLength(1)
    expect((await spoor(home, ['pull', 'nothing', '--case', folder])).err).toContain('There is no connection “nothing”')
  })

  it('leaves the case that it made and what came into it, though the pull breaks off', async () => {
    const server = await served(500)
    server.trouble = () => {
      const [id = ''] = readdirSync(join(folder, 'pulls'))
      mkdirSync(join(folder, 'pulls', id, 'pull.json'), { recursive: true })
      return undefined
    }
    const done = await pull()
    expect(done.code).not.toBe(0)
    expect(done.report).toBeNull()
    expect(server.requests).toHaveLength(5)
    const [id = ''] = readdirSync(join(folder, 'pulls'))
    expect(journalLines(join(folder, 'pulls', id, 'requests.jsonl')).length).toBeGreaterThan(5)
  })

  it('takes no secret from the command line', async () => {
    await served(1)
    const refused = await spoor(home, ['connections', 'add', 'plain', 'base=http://127.0.0.1:1', 'token=abc'])
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('what stands on a command line can be read by everyone here')
  })

  it('says where it listens for what is sent, and is complete when that is ended', async () => {
    const words = ['connections', 'add', 'receiver', 'user=acme', 'port=28443', '--name', 'Acme']
    expect((await spoor(home, words)).err).toContain('“Password” is not given yet: set SPOOR_ACME_PASSWORD')
    const env = { ...process.env, SPOOR_HOME: home, SPOOR_ACME_PASSWORD: 'a-password-nobody-may-see' }
    const child = spawn(process.execPath, [program, 'pull', 'acme', '--case', folder], { env })
    let said = ''
    let told = false
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (told || !said.includes('Acme listens at https://127.0.0.1:28443/events until Ctrl-C.')) return
      told = child.kill('SIGINT')
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    expect(said).toContain('0 events')
  })

  it.each([
    [[], '--case <folder> is needed.'],
    [['--case', 'x', '--until', '2026-03-09', '--follow', '5'], 'What has an end is not followed.'],
    [['--case', 'x', '--resume', '--since', '2026-03-09'], '--resume goes on with a pull as it was begun.']
  ])('refuses %j before it asks anybody for anything', async (words, sentence) => {
    const refused = await spoor(home, ['pull', 'plain', ...words])
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(sentence)])
  })
})
