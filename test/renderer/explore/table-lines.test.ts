import { describe, expect, it } from 'vitest'
import type { Group } from '../../../src-main/contract/query'
import { groupKey, TableLines } from '../../../src-renderer/components/explore/table-lines'

const alice: Group = { key: ['alice'], count: 3 }
const nobody: Group = { key: [null], count: 2 }
const bob: Group = { key: ['bob'], count: 1 }
const groups = [alice, nobody, bob]

describe('the lines of a table in groups', () => {
  it('are one for each group while all are closed', () => {
    const lines = new TableLines(groups, new Set(), false)
    expect(lines.count).toBe(3)
    expect(lines.at(1)).toEqual({ kind: 'group', group: nobody, open: false })
    expect(lines.at(3)).toBeNull()
  })

  it('have the events of an open group under its head', () => {
    const lines = new TableLines(groups, new Set([groupKey(alice), groupKey(bob)]), false)
    expect(Array.from({ length: lines.count }, (_, at) => lines.at(at))).toEqual([
      { kind: 'group', group: alice, open: true },
      { kind: 'event', group: alice, index: 0 },
      { kind: 'event', group: alice, index: 1 },
      { kind: 'event', group: alice, index: 2 },
      { kind: 'group', group: nobody, open: false },
      { kind: 'group', group: bob, open: true },
      { kind: 'event', group: bob, index: 0 }
    ])
    expect([lines.lineOf(alice), lines.lineOf(alice, 2), lines.lineOf(bob, 0)]).toEqual([0, 3, 6])
  })

  it('end with a way to the groups that are not listed', () => {
    const lines = new TableLines(groups, new Set([groupKey(bob)]), true)
    expect([lines.count, lines.at(3)?.kind, lines.at(4)?.kind]).toEqual([5, 'event', 'more'])
  })
})
