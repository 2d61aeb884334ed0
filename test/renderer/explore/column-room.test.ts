import { describe, expect, it } from 'vitest'
import type { EventRow } from '../../../src-main/contract/event'
import { gridColumns, widthsOf, withRoom } from '../../../src-renderer/components/explore/column-room'
import { columnOf, defaultColumns } from '../../../src-renderer/components/explore/columns'

const columns = defaultColumns.map(columnOf)
const rows: EventRow[] = [
  { _id: 'a-1', 'user.name': 'veronique.lambert', 'event.action': 'authorize_application' },
  { _id: 'a-2', 'user.id': '5d60629a-7a51-4d2e-9a3c-0f6c2f1f3a11', 'event.action': 'login' }
]
/** As if every letter were seven pixels wide. */
const measure = (text: string) => 7 * text.length
const shownAt = (room: number, sorted: 'source.ip' | '@timestamp' = '@timestamp', set = {}) =>
  withRoom(columns, widthsOf(columns, rows, measure, room), set, room, sorted).map(({ title }) => title)

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
  const grid = (set: Record<string, number>, room: number) =>
    gridColumns(three, widthsOf(three, rows, measure, room), set, room)

  it('is what the analyst set', () => {
    expect(grid({ 'user.name': 300 }, 900)).toBe('208px 300px minmax(84px, 0.8fr)')
  })

  it('is at least that of its names while there is room, but not that of an id', () => {
    expect(grid({}, 600)).toBe('152px minmax(136px, 1.2fr) minmax(84px, 0.8fr)')
    expect(grid({}, 300)).toBe('152px minmax(96px, 1.2fr) minmax(84px, 0.8fr)')
  })

  it('does not follow the longest of names', () => {
    const long = [{ _id: 'a-3', 'user.name': 'x'.repeat(10_000) }]
    expect(widthsOf(three, long, measure, 600)['user.name']).toBe(200)
  })
})
