import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { plainConnector } from '../connect/plain'
import { pages, plainEvents, plainToken } from '../servers/pages'
import { built, root, spoor } from './run'

const watch = join(root, 'test/fixtures/connect/watch-sockets.cjs')

beforeAll(built)

/** A home whose every command is watched, in all its threads; `contacted` is what it contacted so far. */
function watchedHome() {
  const home = mkdtempSync(join(tmpdir(), 'spoor-cli-'))
  const sockets = join(home, 'sockets.txt')
  process.env['NODE_OPTIONS'] = `--require ${watch}`
  process.env['SPOOR_TEST_SOCKETS'] = sockets
  process.env['SPOOR_PLAIN_LOG_TOKEN'] = plainToken
  onTestFinished(() => {
    for (const name of ['NODE_OPTIONS', 'SPOOR_TEST_SOCKETS', 'SPOOR_PLAIN_LOG_TOKEN']) delete process.env[name]
    rmSync(home, { recursive: true, force: true })
  })
  return {
    home,
    contacted: () =>
      existsSync(sockets) ? [...new Set(readFileSync(sockets, 'utf8').split('\n').filter(Boolean))] : []
  }
}

describe('nothing is contacted', () => {
  it('by a whole examination, from import to verification', async () => {
    const { home, contacted } = watchedHome()
    const folder = join(home, 'case.spoor')
    const on = ['--case', folder]
    const imported = await spoor(home, ['import', join(root, 'resources/samples'), ...on])
    expect(imported.err).toContain('events in')
    const found = JSON.parse((await spoor(home, ['search', '', ...on, '--limit', '1', '--json'])).out)
    expect(found.total).toBeGreaterThan(100)
    const [event] = JSON.parse((await spoor(home, ['sql', 'SELECT _id FROM event LIMIT 1', ...on, '--json'])).out)
      .rows[0]
    for (const args of [
      ['show', event, ...on],
      ['history', event, ...on],
      ['context', event, ...on],
      ['count', 'last 30 days', ...on, '--by', 'source.geo.country_name'],
      ['coverage', ...on],
      ['names', ...on],
      ['ledger', ...on],
      ['sql', "SELECT * FROM read_csv('https://example.com/x.csv')", ...on],
      ['sql', 'INSTALL httpfs', ...on],
      ['verify', ...on],
      ['sources'],
      ['connections', 'types'],
      ['connections']
    ])
      await spoor(home, args)
    expect(contacted()).toEqual([])
  }, 300_000)

  it('but what a connection names, when it is pulled or tested', async () => {
    const { home, contacted } = watchedHome()
    const server = await pages({ events: plainEvents(10), by: 'cursor', order: 'newest', token: plainToken, most: 100 })
    onTestFinished(() => server.close())
    mkdirSync(join(home, 'connectors'))
    writeFileSync(join(home, 'connectors', 'plain.yaml'), plainConnector('cursor', 'newest'))
    await spoor(home, ['connections', 'add', 'plain', `base=${server.url}`])
    expect(contacted()).toEqual([])
    await spoor(home, ['connections', 'test', 'plain-log'])
    const pulled = await spoor(home, ['pull', 'plain-log', '--case', join(home, 'case.spoor')])
    expect(pulled.err).toContain('complete')
    expect(contacted()).toEqual([`socket 127.0.0.1:${server.port}`])
  }, 120_000)
})
