import { describe, expect, it } from 'vitest'
import actions from '../../src-renderer/charts/actions'
import actors from '../../src-renderer/charts/actors'
import type { Look } from '../../src-renderer/charts/draw/chart'
import overTime from '../../src-renderer/charts/events-over-time'
import hours from '../../src-renderer/charts/hours'
import outcomes from '../../src-renderer/charts/outcomes'
import { tableSentence, tableText } from '../../src-renderer/components/charts/table-text'
import { look } from './look'

const berlin: Look = { ...look, zone: 'Europe/Berlin' }

describe('events over time', () => {
  const table = overTime.table(
    {
      every: '1h',
      zone: 'UTC',
      starts: [Date.UTC(2026, 2, 9, 9), Date.UTC(2026, 2, 9, 10)],
      end: Date.UTC(2026, 2, 9, 11),
      series: [
        { key: 'iam', counts: [3, 0] },
        { key: null, counts: [1, 2] }
      ],
      undated: 14
    },
    look
  )

  it('lead from a bar to its hour, from inclusive to exclusive', () => {
    expect(table.rows[1]?.clause).toEqual({
      kind: 'range',
      field: '@timestamp',
      from: '2026-03-09T10:00:00.000Z',
      to: '2026-03-09T11:00:00.000Z'
    })
  })

  it('lead from a part of a bar to its hour and category, or to events without one', () => {
    const range = table.rows[0]?.clause
    expect(table.rows[0]?.cells.map(({ clause }) => clause)).toEqual([
      { kind: 'and', of: [range, { kind: 'is', field: 'event.category', values: ['iam'], exact: true }] },
      { kind: 'and', of: [range, { kind: 'not', of: { kind: 'present', field: 'event.category' } }] }
    ])
  })

  it('count every event, and say how many stand in no bar', () => {
    expect(table.total).toBe(20)
    expect(table.notes).toEqual([
      {
        text: '14 events have no time and stand in no bar.',
        clause: { kind: 'not', of: { kind: 'present', field: '@timestamp' } }
      }
    ])
    expect(table.scale).toBe('1 bar = 1h')
  })

  it('are copied as plain figures', () => {
    expect(tableText(table)).toBe(
      'Time (UTC)\tiam\tno category\n2026-03-09T09:00:00.000Z\t3\t1\n2026-03-09T10:00:00.000Z\t0\t2'
    )
  })
})

describe('most active users', () => {
  const table = actors.table(
    {
      groups: [
        { key: ['alice'], count: 1200 },
        { key: [null], count: 34 }
      ],
      rest: 5,
      distinct: 4
    },
    look
  )

  it('show events without a user as such, not as a user named "null"', () => {
    expect(table.rows.map(({ title }) => title)).toEqual(['alice', '–'])
    expect(table.rows[1]?.clause).toEqual({ kind: 'not', of: { kind: 'present', field: 'user.name' } })
    expect(table.rows[1]?.value).toEqual({ field: 'user.name', value: null })
  })

  it('count what is not drawn', () => {
    expect(table.notes).toEqual([{ text: '5 events of 2 other users are not drawn.' }])
    expect(table.total).toBe(1239)
  })

  it('say of one what is said of one', () => {
    const left = { groups: [{ key: ['alice'], count: 2 }], rest: 1, distinct: 2 }
    expect(actors.table(left, look).notes).toEqual([{ text: '1 event of 1 other value is not drawn.' }])
    const { notes } = hours.table({ cells: [], undated: 1 }, look)
    expect(notes.map(({ text }) => text)).toEqual(['1 event has no time and stands in no cell.'])
  })

  it('are said in a sentence', () => {
    expect(tableSentence(actors.about, table, String)).toBe(
      'Which accounts did most. 1239 events; most: alice 1200, – 34. The table view has all numbers.'
    )
  })

  it('say what directories call an id, behind it, and before it where there is little room', () => {
    const called: Look = { ...look, named: (_, value) => ({ title: `${value} (ada)`, short: `(ada) ${value}` }) }
    const [row] = actors.table({ groups: [{ key: ['u-7'], count: 3 }], rest: 0, distinct: 1 }, called).rows
    expect(row).toMatchObject({ title: 'u-7 (ada)', short: '(ada) u-7', value: { field: 'user.name', value: 'u-7' } })
  })

  it('keep a name with tabs and line breaks in its cell when copied', () => {
    const copied = tableText(actors.table({ groups: [{ key: ['a\tb\nc'], count: 1 }], rest: 0, distinct: 1 }, look))
    expect(copied).toBe('User\tEvents\na b c\t1')
  })
})

it('an action is coloured by its category, and leads to both', () => {
  const { rows } = actions.table({ groups: [{ key: ['user_write', 'iam'], count: 2 }], rest: 0, distinct: 1 }, look)
  expect(rows[0]).toMatchObject({
    title: 'user_write',
    colour: 'colour of iam',
    clause: {
      kind: 'and',
      of: [
        { kind: 'is', field: 'event.action', values: ['user_write'], exact: true },
        { kind: 'is', field: 'event.category', values: ['iam'], exact: true }
      ]
    }
  })
})

it('an outcome that was not logged is neither success nor failure', () => {
  const { rows } = outcomes.table(
    {
      groups: [
        { key: ['success'], count: 8 },
        { key: [null], count: 3 },
        { key: ['failure'], count: 1 }
      ],
      rest: 0,
      distinct: 3
    },
    look
  )
  expect(rows.map(({ title, colour }) => [title, colour])).toEqual([
    ['✓ Success', 'green'],
    ['– Not logged', 'dimgrey'],
    ['✗ Failure', 'red']
  ])
})

it('a cell of hour and weekday leads to that hour in the zone asked for', () => {
  const table = hours.table({ cells: [{ weekday: 6, hour: 23, count: 7 }], undated: 2 }, berlin)
  expect(table.head).toBe('Weekday (Europe/Berlin)')
  expect(table.rows).toHaveLength(7)
  expect(table.rows[6]?.cells[23]).toEqual({
    count: 7,
    clause: { kind: 'hour', weekday: 6, hour: 23, zone: 'Europe/Berlin' }
  })
  expect(table.rows[0]?.cells[0]?.count).toBe(0)
  expect(table.total).toBe(9)
})
