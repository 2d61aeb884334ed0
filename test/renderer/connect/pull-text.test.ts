import { describe, expect, it } from 'vitest'
import type { PullProgress, PullReport, StreamBooks } from '../../../src-main/contract/connect'
import { asSentence, pullFacts, pullNotice, shareOf } from '../../../src-renderer/state/pull-text'

const stream = (of: Partial<StreamBooks> = {}): StreamBooks => ({
  stream: 'events',
  title: 'User events',
  events: 1200,
  repeated: 3,
  complete: true,
  missing: [],
  ...of
})
const report = (of: Partial<PullReport> = {}): PullReport => ({
  id: 'keycloak-1',
  connection: 'keycloak',
  name: 'Keycloak',
  connector: 'keycloak',
  hosts: ['id.example.com'],
  startedAt: '2026-11-21T08:00:00.000Z',
  by: 'ana',
  state: 'complete',
  streams: [stream()],
  requests: 4,
  bytes: 1,
  retries: 0,
  parts: [],
  refused: [],
  notes: [],
  ...of
})
const progress = (of: Partial<PullProgress> = {}): PullProgress => ({
  pull: 'keycloak-1',
  connection: 'keycloak',
  name: 'Keycloak',
  state: 'pulling',
  requests: 4,
  events: 1200,
  repeated: 3,
  bytes: 2048,
  eventsPerSecond: 300.4,
  imported: 1000,
  ...of
})

describe('what a pull came to', () => {
  it('is done only where nothing is left open', () => {
    expect(pullNotice(report())).toEqual({ kind: 'done', title: 'Pulled Keycloak: 1,200 events', lines: [] })
    expect(pullNotice(report({ streams: [stream({ said: 1200 })] }))?.kind).toBe('done')
  })

  it('tells the provider’s count beside ours where they differ, and what did not come', () => {
    const missing = [{ from: '2026-11-01T00:00:00Z', why: 'the page was refused' }]
    expect(pullNotice(report({ streams: [stream({ said: 1300, missing })], notes: ['Details are off.'] }))).toEqual({
      kind: 'warning',
      title: 'Pulled Keycloak: 1,200 events',
      lines: [
        'User events: Keycloak said 1,300, the case holds 1,200.',
        '1 stretch of time did not come.',
        'Details are off.'
      ]
    })
  })

  it('says why it stopped, and what came before', () => {
    expect(pullNotice(report({ state: 'failed', fault: 'The token ended.' }))).toEqual({
      kind: 'failure',
      title: 'The pull of Keycloak stopped',
      lines: ['The token ended.', '1,200 events that came before are in the case.']
    })
    expect(pullNotice(report({ state: 'interrupted' }))).toBeNull()
  })

  it('says of no event that it is in the case where what came could not be imported', () => {
    const refused = [{ path: 'keycloak-events-1-0001.json', message: 'It is no log.' }]
    expect(pullNotice(report({ state: 'canceled', refused }))?.lines).toEqual(['It is no log.'])
    expect(pullNotice(report({ state: 'failed', fault: 'The token ended.', refused }))?.lines).toEqual([
      'The token ended.',
      'It is no log.'
    ])
  })
})

describe('how far a pull is', () => {
  const window = { since: '2026-11-01T00:00:00Z', until: '2026-11-11T00:00:00Z', at: '2026-11-09T00:00:00Z' }

  it('is told by the provider’s count, else by the time it has come to from either side', () => {
    expect(shareOf(progress({ said: 2400 }))).toBe(0.5)
    expect(shareOf(progress({ ...window, order: 'oldest' }))).toBeCloseTo(0.8)
    expect(shareOf(progress({ ...window, order: 'newest' }))).toBeCloseTo(0.2)
  })

  it('is not told where nobody can know', () => {
    expect(shareOf(progress({ at: window.at, until: window.until }))).toBeNull()
    expect(shareOf(progress({ state: 'following', said: 1200 }))).toBeNull()
  })

  it('stands in figures, the most telling first', () => {
    expect(pullFacts(progress({ at: window.at, order: 'newest', said: 2400 }), 'UTC')).toEqual([
      '1,200 of 2,400 events',
      '300 a second',
      'back to 2026-11-09 00:00',
      '1,000 in the case',
      '3 came twice',
      '4 requests, 2.0 KiB'
    ])
  })
})

it('writes a reason that stands alone as a sentence', () => {
  expect(asSentence('the server is asked too often')).toBe('The server is asked too often.')
  expect(asSentence('It says: “slow down.”')).toBe('It says: “slow down.”')
})
