import { describe, expect, it } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import type { PullReport } from '../../../src-main/contract/connect'
import type { Host } from '../../../src-main/contract/host'
import type { Engine } from '../../../src-main/contract/rpc'
import { App } from '../../../src-renderer/state/app.svelte'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'
import { progressOf } from '../../../src-renderer/state/pull-text'

const report = (id: string, more: Partial<PullReport> = {}): PullReport => ({
  id,
  connection: id,
  name: id,
  connector: 'keycloak',
  hosts: [],
  startedAt: '2026-03-09T00:00:00Z',
  by: 'kim',
  state: 'paused',
  streams: [
    { stream: 'events', title: 'User events', events: 7, repeated: 0, complete: true, missing: [], since: '2026-03-01' }
  ],
  requests: 3,
  bytes: 200,
  retries: 0,
  parts: [],
  refused: [],
  notes: [],
  ...more
})
const opened = { name: 'a', folder: '/cases/a.spoor', revision: 1 } as CaseState

/** A window that is opened on an engine with these pulls. */
async function windowOn(pulls: PullReport[], calls: Partial<Engine> = {}) {
  const all: Partial<Engine> = { pulls: async () => pulls, caseState: async () => opened, ...calls }
  const engine = new Proxy({} as Engine, {
    get: (_, name: keyof Engine) => all[name] ?? (async () => (name === 'recentCases' ? [] : null))
  })
  const app = new App(engine, { kind: 'browser' } as Host, new Preferences(null, { current: true }))
  await app.start()
  await settled()
  return app
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('a window that is opened while pulls are under way', () => {
  it('shows those that say nothing for long, and none that are over', async () => {
    const app = await windowOn([
      report('held'),
      report('follows', { state: 'following' }),
      report('over', { state: 'complete' })
    ])
    expect(app.pulls.running.map(({ pull, state, events }) => [pull, state, events])).toEqual([
      ['held', 'paused', 7],
      ['follows', 'following', 7]
    ])
  })

  it('tells what one came to that was begun by another, once', async () => {
    const pulls = [report('held')]
    const app = await windowOn(pulls)
    pulls[0] = report('held', { state: 'complete' })
    app.pulls.progress(progressOf(pulls[0]))
    app.pulls.progress(progressOf(pulls[0]))
    await settled()
    expect(app.notices.all.map(({ title }) => title)).toEqual(['Pulled held: 7 events'])
    expect(app.pulls.running).toEqual([])
  })

  it('shows them again when the engine answers again', async () => {
    const app = await windowOn([report('held')])
    await app.connected('The engine does not answer.')
    expect(app.pulls.running).toEqual([])
    await app.connected(null)
    await settled()
    expect(app.pulls.running.map(({ pull }) => pull)).toEqual(['held'])
  })

  it('takes none for another’s that it has begun itself', async () => {
    const pulls: PullReport[] = []
    let end: (report: PullReport) => void = () => {}
    const app = await windowOn(pulls, { pull: () => new Promise((resolve) => (end = resolve)) })
    const pulling = app.pulls.start({ connection: 'own' }, 'own')
    pulls.push(report('own', { state: 'pulling' }))
    await app.pulls.find()
    const over = report('own', { state: 'complete' })
    app.pulls.progress(progressOf(over))
    end(over)
    await pulling
    await settled()
    expect(app.notices.all.map(({ title }) => title)).toEqual(['Pulled own: 7 events'])
  })
})
