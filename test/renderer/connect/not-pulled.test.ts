import { describe, expect, it } from 'vitest'
import type { MissingStretch, PullReport } from '../../../src-main/contract/connect'
import { notPulled } from '../../../src-renderer/components/coverage/not-pulled'

/** A pull of one stream, from and to an hour of one day. */
const pull = (since: number | null, until: number, missing: readonly MissingStretch[] = []) =>
  ({
    connection: 'keycloak',
    name: 'Keycloak',
    streams: [
      {
        stream: 'events',
        title: 'User events',
        source: 'keycloak.user',
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
const shown = (...pulls: readonly PullReport[]) =>
  notPulled(pulls).map(({ from, to }) =>
    [from, to].map((time) => (Number.isFinite(time) ? new Date(time).getUTCHours() : time))
  )

describe('what did not come of a pull', () => {
  it('is told with its source and why', () => {
    expect(notPulled([pull(0, 12, [gap(3, 5)])])).toEqual([
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
})
