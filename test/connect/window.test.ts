import { describe, expect, it } from 'vitest'
import type { Stream } from '../../src-main/contract/connector'
import { windowOf } from '../../src-main/engine/connect/window'

const now = Date.parse('2026-11-21T12:00:00Z')
const stream: Stream = {
  title: 'Events',
  request: { url: '{base}/events' },
  order: 'newest',
  window: 'iso',
  paging: { kind: 'none' }
}
const since = (of: Stream, following: boolean): string => {
  const { at } = windowOf(of, { asked: { streams: [] }, last: { reached: now }, following, now, ahead: 0 })
  return new Date(at.since ?? Number.NaN).toISOString()
}

describe('the stretch that is asked for since last time', () => {
  it('begins earlier by as much as the events of the product may come late, while it follows too', () => {
    const late = { ...stream, overlap: 86_400 }
    expect(since(late, false)).toBe('2026-11-20T12:00:00.000Z')
    expect(since(late, true)).toBe('2026-11-20T12:00:00.000Z')
    expect(since({ ...stream, overlap: 5 }, true)).toBe('2026-11-21T11:59:55.000Z')
  })

  it('begins ten minutes earlier where the product says nothing, and a minute while it follows', () => {
    expect(since(stream, false)).toBe('2026-11-21T11:50:00.000Z')
    expect(since(stream, true)).toBe('2026-11-21T11:59:00.000Z')
  })

  it('does not begin behind its end, where that lies before what is held', () => {
    const asked = { streams: [], until: '2026-03-01T00:00:00.000Z' }
    const { at } = windowOf(stream, { asked, last: { reached: now }, following: false, now, ahead: 0 })
    expect([at.since, at.until].map((time) => new Date(time ?? Number.NaN).toISOString())).toEqual([
      '2026-02-28T23:50:00.000Z',
      '2026-03-01T00:00:00.000Z'
    ])
  })
})
