import { describe, expect, it } from 'vitest'
import { shippedRules } from '../../../src-renderer/state/colour-rules'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'
import { readLayout, TableLayout, usualLayout } from '../../../src-renderer/state/table-layout.svelte'

const preferences = () => new Preferences(null, { current: true })

describe('the layout of the table', () => {
  it('is plain JSON that comes back as it was', () => {
    const layout = new TableLayout(preferences())
    layout.set({
      columns: ['@timestamp', 'record.context.ip'],
      widths: { '@timestamp': 180 },
      pinned: ['@timestamp'],
      sort: { field: 'user.name', descending: false },
      group: 'event.action',
      rules: [{ name: 'Keys', query: 'event.action:key.*', colour: 'blue', off: true }],
      sourceMarks: false
    })
    const other = new TableLayout(preferences())
    other.restore(JSON.parse(JSON.stringify(layout.now)))
    expect(other.now).toEqual(layout.now)
  })

  it('begins as columns and colours were left, but with no order or group of another question', () => {
    const mine = preferences()
    new TableLayout(mine).set({
      columns: ['user.name'],
      group: 'user.name',
      sort: { field: 'user.name', descending: true }
    })
    expect(new TableLayout(mine).now).toEqual({ ...usualLayout, columns: ['user.name'] })
  })

  it('is as usual wherever what was kept cannot be read', () => {
    expect(readLayout(null)).toEqual(usualLayout)
    expect(
      readLayout({
        columns: ['user.nmae', 'record.', 'user.id', 'user.id', 7],
        widths: { a: 'wide', b: -1, c: 90 },
        pinned: 'all',
        sort: { field: 'nothing' },
        group: 'record.a b"',
        rules: [{ name: 'x', query: 'y', colour: 'mauve' }, null],
        sourceMarks: 'yes'
      })
    ).toEqual({ ...usualLayout, columns: ['user.id'], widths: { c: 90 }, rules: [] })
    expect(readLayout({}).rules).toEqual(shippedRules)
  })
})
