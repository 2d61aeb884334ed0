import { describe, expect, it } from 'vitest'
import type { PullReport } from '../../../src-main/contract/connect'
import { heldByStream } from '../../../src-renderer/components/connect/connection-state'

const day = (at: number) => new Date(Date.UTC(2026, 10, at)).toISOString()
const pull = (since: number | null, reached: number | null) =>
  ({
    connection: 'keycloak',
    streams: [
      {
        stream: 'events',
        ...(since === null ? {} : { since: day(since) }),
        ...(reached === null ? {} : { reached: day(reached) })
      }
    ]
  }) as unknown as PullReport
const held = (...pulls: readonly PullReport[]) => heldByStream(pulls, 'keycloak').get('events')

describe('up to when a stream is held', () => {
  it('is as far as its pulls came that join each other', () => {
    expect(held(pull(null, 3), pull(2, 5))).toBe(day(5))
    expect(held(pull(null, 5), pull(1, 3))).toBe(day(5))
    expect(held(pull(null, 3), pull(2, null))).toBe(day(3))
  })

  it('ends where a stretch was never asked for, as the next pull does', () => {
    expect(held(pull(null, 3), pull(10, 12))).toBe(day(3))
    expect(held(pull(null, 3), pull(10, 12), pull(2, 11))).toBe(day(11))
  })
})
