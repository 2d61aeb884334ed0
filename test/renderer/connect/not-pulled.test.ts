import { describe, expect, it } from 'vitest'
import type { MissingStretch, PullReport, StreamBooks } from '../../../src-main/contract/connect'
import { nothingOf, notPulled } from '../../../src-renderer/components/coverage/not-pulled'

/** A pull of one stream, from and to an hour of one day. */
const pull = (
  since: number | null,
  until: number,
  missing: readonly MissingStretch[] = [],
  { source, parts = [] }: Pick<Partial<StreamBooks>, 'source'> & Partial<Pick<PullReport, 'parts'>> = {
    source: 'keycloak.user'
  }
) =>
  ({
    id: `keycloak-${until}`,
    connection: 'keycloak',
    name: 'Keycloak',
    state: 'complete',
    endedAt: hour(until),
    parts,
    streams: [
      {
        stream: 'events',
        title: 'User events',
        ...(source === undefined ? {} : { source }),
        ...(since === null ? {} : { since: hour(since) }),
        until: hour(until),
        missing
      }
    ]
  }) as unknown as PullReport
const hour = (at: number) => new Date(Date.UTC(2026, 2, 9, at)).toISOString()
const gap = (from: number, to: number): MissingStretch => ({
  from: hour(from),
  to: hour(to),
  why: 'the page was refused'
})
const nothing = () => undefined
const shown = (...pulls: readonly PullReport[]) =>
  notPulled(pulls, nothing).map(({ from, to }) =>
    [from, to].map((time) => (Number.isFinite(time) ? new Date(time).getUTCHours() : time))
  )

describe('what did not come of a pull', () => {
  it('is told with its source and why', () => {
    expect(notPulled([pull(0, 12, [gap(3, 5)])], nothing)).toEqual([
      {
        source: 'keycloak.user',
        connection: 'Keycloak',
        title: 'User events',
        from: Date.UTC(2026, 2, 9, 3),
        to: Date.UTC(2026, 2, 9, 5),
        why: 'the page was refused'
      }
    ])
  })

  it('is no longer missing where a later pull brought it, wholly or in part', () => {
    expect(shown(pull(0, 12, [gap(3, 5)]), pull(0, 12))).toEqual([])
    expect(shown(pull(0, 12, [gap(3, 9)]), pull(4, 6))).toEqual([
      [3, 4],
      [6, 9]
    ])
    expect(shown(pull(0, 12, [gap(3, 5)]), pull(10, 14))).toEqual([[3, 5]])
  })

  it('is missing still while it is asked for once more', () => {
    const { endedAt: _, ...asked } = pull(0, 12)
    expect(shown(pull(0, 12, [gap(3, 5)]), { ...asked, state: 'pulling' })).toEqual([[3, 5]])
  })

  it('is missing still where it failed again', () => {
    expect(shown(pull(0, 12, [gap(3, 5)]), pull(0, 12, [gap(4, 5)]))).toEqual([[4, 5]])
  })

  it('reaches to the beginning where nobody said since when', () => {
    expect(shown(pull(null, 12, [{ to: hour(5), why: 'the pull was canceled' }]))).toEqual([
      [Number.NEGATIVE_INFINITY, 5]
    ])
    expect(shown(pull(null, 12, [{ to: hour(5), why: 'the pull was canceled' }]), pull(2, 12))).toEqual([
      [Number.NEGATIVE_INFINITY, 2]
    ])
  })

  it('is of the source that the events of the stream turned out to be, where none was told', () => {
    const parts = [{ name: 'keycloak-events-12-0001.json', stream: 'events', sha256: 'b1', bytes: 2, events: 1 }]
    const others = [{ name: 'keycloak-admin-12-0002.json', stream: 'admin', sha256: 'b2', bytes: 2, events: 1 }]
    const readAs = (sha256: string) => (sha256 === 'b1' ? 'keycloak.log' : 'keycloak.admin')
    const sources = (...pulls: readonly PullReport[]) => notPulled(pulls, readAs).map(({ source }) => source)
    expect(sources(pull(0, 12, [gap(3, 5)], { parts }))).toEqual(['keycloak.log'])
    expect(sources(pull(0, 12, [gap(3, 5)], { parts: others }))).toEqual(['keycloak events'])
    // The pull after it brought nothing, the one before it only later what it is.
    expect(sources(pull(0, 12, [gap(3, 5)], {}), pull(12, 12, [gap(13, 14)], { parts }))).toEqual([
      'keycloak.log',
      'keycloak.log'
    ])
    expect(sources(pull(12, 12, [], { parts }), pull(12, 20, [gap(13, 14)], {}))).toEqual(['keycloak.log'])
  })

  it('has a line of its own where nothing of the source is in the case', () => {
    const missing = notPulled([pull(0, 12, [gap(3, 5), gap(6, 7)], {})], nothing)
    expect(nothingOf(missing, []).map(({ source, events }) => [source, events])).toEqual([['keycloak events', 0]])
    const there = nothingOf(missing, [])
    expect(nothingOf(missing, there)).toEqual([])
  })
})
