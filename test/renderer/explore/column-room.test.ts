import { describe, expect, it } from 'vitest'
import type { AnyField, EventRow } from '../../../src-main/contract/event'
import { fitted, widthsOf } from '../../../src-renderer/components/explore/column-room'
import { type Column, columnOf, defaultColumns } from '../../../src-renderer/components/explore/columns'

const columns = defaultColumns.map(columnOf)
const rows: EventRow[] = [
  { _id: 'a-1', 'user.name': 'veronique.lambert', 'event.action': 'authorize_application' },
  { _id: 'a-2', 'user.id': '5d60629a-7a51-4d2e-9a3c-0f6c2f1f3a11', 'event.action': 'login' }
]
/** As if every letter were seven pixels wide. */
const measure = (text: string) => 7 * text.length
const at = (room: number, sorted: AnyField = '@timestamp', set = {}, of: readonly Column[] = columns) =>
  fitted(of, widthsOf(of, rows, measure), set, room, ({ id, givesWay }) => givesWay !== undefined && id !== sorted)
const shownAt = (...given: Parameters<typeof at>) => at(...given).columns.map(({ title }) => title)

describe('where there is no room for all columns', () => {
  it('those that can be spared give way before a name is cut', () => {
    expect(shownAt(1080)).toEqual(['Time', 'Who', 'Did', 'Target', 'From', 'Source'])
    expect(shownAt(820)).toEqual(['Time', 'Who', 'Did', 'Target', 'From'])
    expect(shownAt(664)).toEqual(['Time', 'Who', 'Did', 'Target'])
    expect(shownAt(500)).toEqual(['Time', 'Who', 'Did'])
    expect(shownAt(200)).toEqual(['Time', 'Who', 'Did'])
  })

  it('the one that is sorted by stays', () => {
    expect(shownAt(700, 'source.ip')).toEqual(['Time', 'Who', 'Did', 'From'])
  })

  it('a width set by hand counts as it is', () => {
    expect(shownAt(664, '@timestamp', { 'user.name': 96, 'event.action': 128 })).toEqual([
      'Time',
      'Who',
      'Did',
      'Target',
      'From'
    ])
  })
})

describe('the width of a column', () => {
  const three = [columnOf('@timestamp'), columnOf('user.name'), columnOf('event.dataset')]

  it('is what the analyst set', () => {
    expect(at(900, '@timestamp', { 'user.name': 300 }, three).template).toBe('208px 300px minmax(84px, 0.8fr)')
  })

  it('is at least that of its names while there is room, but not that of an id', () => {
    expect(at(600, '@timestamp', {}, three).template).toBe('152px minmax(136px, 1.2fr) minmax(84px, 0.8fr)')
  })

  it('is cut in proportion when nothing is left to give way, the time first', () => {
    expect(at(484)).toMatchObject({ time: 'shortest', template: '124px minmax(136px, 1.2fr) minmax(208px, 1.6fr)' })
    expect(at(400)).toMatchObject({ time: 'shortest', template: '124px minmax(96px, 136fr) minmax(128px, 208fr)' })
  })

  it('is fixed where a column stays at the left, so that the next knows where to stand', () => {
    const [time, who, source] = three
    const fit = fitted(three, widthsOf(three, rows, measure), { '@timestamp': 170 }, 900, () => false, [
      '@timestamp',
      'user.name'
    ])
    expect(fit.template).toBe('170px 136px minmax(84px, 0.8fr)')
    expect([time, who, source].map((column) => column && fit.pinned.get(column))).toEqual([0, 170, undefined])
  })

  it('does not follow the longest of names', () => {
    const long = [{ _id: 'a-3', 'user.name': 'x'.repeat(10_000) }]
    expect(widthsOf(three, long, measure)['user.name']).toBe(280)
  })
})
