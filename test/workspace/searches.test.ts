import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import type { Search } from '../../src-main/contract/workspace'
import { workspaceTables } from '../../src-main/engine/store/workspace'
import { Workspace } from '../../src-main/engine/workspace/workspace'

async function workspace() {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(workspaceTables)
  return { connection, workspace: new Workspace(connection) }
}
const search = (number: number, from: number | null): Search => ({
  id: `s${number}`,
  from: from === null ? null : `s${from}`,
  at: new Date(Date.UTC(2026, 2, 9) + number * 1000).toISOString(),
  query: `"${number}"`,
  view: { text: String(number) }
})

describe('the searches a case keeps', () => {
  it('are the last thousand: the oldest that nothing came from give way, never what others stand under', async () => {
    const { connection, workspace: it } = await workspace()
    // A chain of two from which nothing more came, then one search from which all others came.
    await it.keepSearch(search(0, null), 'kim')
    await it.keepSearch(search(1, 0), 'kim')
    await it.keepSearch(search(2, null), 'kim')
    await connection.run(`INSERT INTO search SELECT 's' || n, 's2', '2026-03-10T00:00:0' || n % 10 || '.000Z', 'kim', '', NULL, 'null'
      FROM range(3, 1000) t(n)`)
    expect((await it.searches()).length).toBe(1000)
    await it.keepSearch(search(1000, 2), 'kim')
    await it.keepSearch(search(1001, 2), 'kim')
    const kept = await it.searches()
    const ids = kept.map(({ id }) => id)
    expect([kept.length, ids.includes('s0'), ids.includes('s1'), ids.includes('s2')]).toEqual([
      1000,
      false,
      false,
      true
    ])
    expect(kept.find(({ id }) => id === 's1001')).toEqual(search(1001, 2))
  })

  it('say which of them is new, and which was only found out more of', async () => {
    const { workspace: it } = await workspace()
    expect(await it.keepSearch(search(0, null), 'kim')).toBe(true)
    expect(await it.keepSearch({ ...search(0, null), found: 12 }, 'kim')).toBe(false)
    expect(await it.searches()).toEqual([{ ...search(0, null), found: 12 }])
  })
})

describe('saved queries', () => {
  it('are listed by name, those of each kind apart, and replaced under their id', async () => {
    const { workspace: it } = await workspace()
    const at = new Date('2026-03-09T09:00:00Z')
    const saved = await it.saveQuery({ kind: 'search', name: 'b', query: 'x' }, 'kim', at)
    await it.saveQuery({ kind: 'sql', name: 'B', query: 'SELECT 1' }, 'kim', at)
    await it.saveQuery({ kind: 'search', name: 'a', query: 'y', view: { layout: {} } }, 'kim', at)
    await expect(it.saveQuery({ kind: 'search', name: 'A', query: 'z' }, 'kim', at)).rejects.toMatchObject({
      code: 'usage'
    })
    await it.saveQuery({ id: saved.id, kind: 'search', name: 'c', query: 'x2' }, 'ada', at)
    expect((await it.savedQueries()).map(({ name, query, by }) => [name, query, by])).toEqual([
      ['a', 'y', 'kim'],
      ['B', 'SELECT 1', 'kim'],
      ['c', 'x2', 'ada']
    ])
    await expect(it.removeSavedQuery('gone')).rejects.toMatchObject({ code: 'usage' })
    await expect(it.saveQuery({ kind: 'sql', name: '  ', query: '' }, 'kim', at)).rejects.toThrow('needs a name')
  })
})
