import { expect, it } from 'vitest'
import { Books } from '../../src-main/engine/connect/books'
import { eventTime } from '../../src-main/engine/connect/event-time'
import { serverClock } from '../../src-main/engine/connect/server-clock'
import { toldToWait } from '../../src-main/engine/connect/waiting'

const now = Date.UTC(2026, 10, 21, 12)

it('takes no time from an event that no clock can show', () => {
  expect(eventTime(1e30)).toBeUndefined()
  expect(eventTime(-1e30)).toBeUndefined()
  expect(eventTime('+275760-09-13T00:00:00Z')).toBeUndefined()
  expect(eventTime(1_795_262_400)).toBe(Date.UTC(2026, 10, 21, 12))
  expect(eventTime('2026-11-21T12:00:00')).toBe(now)
})

it.each(['99999999999999', '1e300', 'Sat, 13 Sep 275760 00:00:00 GMT'])(
  'waits 400 days at most where it is told to come back after %s',
  (after) => {
    expect(toldToWait({ 'retry-after': after }, now)).toBe(400 * 86_400_000)
  }
)

it('waits 400 days at most for a limit that is set back at no time there is', () => {
  expect(toldToWait({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1e25' }, now)).toBe(400 * 86_400_000)
})

it('knows no clock from a token that was issued at no time there is', () => {
  const token = ['{}', '{"iat":1e30}', ''].map((part) => Buffer.from(part).toString('base64url')).join('.')
  expect(serverClock({ headers: {}, body: Buffer.from(JSON.stringify({ access_token: token })) })).toBeUndefined()
})

it.each(['yesterday', '13 Sep 275760 00:00:00 GMT'])(
  'goes by the newest event where the server dates it %s',
  (date) => {
    const at = '2026-11-21T12:00:00.000Z'
    const newest = Date.UTC(2026, 10, 21, 11)
    const window = { stream: 'events', order: 'newest', at, from: { until: now } } as const
    const request = { n: 1, at, what: 'events', method: 'GET', url: 'https://id.example/', attempt: 1, milliseconds: 9 }
    const books = new Books([
      { window },
      { request: { ...request, date, events: 1, oldest: newest, newest, to: null } }
    ])
    expect(books.reached('events', now)).toBe(newest)
  }
)
