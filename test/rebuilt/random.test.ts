import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { changeEntries } from '../../src-main/engine/normalise/change-entries'
import { KnownState, type Told } from '../../src-main/engine/normalise/known-state'
import { rebuildChanges } from '../../src-main/engine/normalise/rebuild'
import { tables } from '../../src-main/engine/store/schema'
import { text } from '../../src-main/engine/store/sql'

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let at = seed
  return (below) => {
    at = (at * 1103515245 + 12345) % 2147483648
    return Math.floor((at / 2147483648) * below)
  }
}

const tellings = ['whole', 'whole', 'whole', 'gone', 'failed']

/** Records of some objects, each with what it tells, in the order of their file but not of their time. */
function records(seed: number, parts: boolean) {
  const next = numbers(seed)
  const value = () => ['x', 'y', '***', 1, 2, true, null, ['p', 'q'], ['q', 'p'], { in: next(2) }][next(10)]
  return Array.from({ length: 300 }, (_, row) => {
    const object = `object ${next(12)}`
    const tells = parts && next(3) === 0 ? 'partial' : (tellings[next(5)] as string)
    const after = Object.fromEntries(['a', 'b', 'c', 'd'].flatMap((key) => (next(3) ? [[key, value()]] : [])))
    return { row, object, tells, second: next(60), after: tells === 'gone' ? undefined : after }
  })
}

it.each([1, 2, 3, 4, 5, 6])(
  'rebuilds in the database what taking one record after the other gives (%i)',
  async (seed) => {
    const all = records(seed, seed % 2 === 0)
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(tables)
    await connection.run(
      `INSERT INTO evidence SELECT 1, 'aa', 'n', 'p', 'f', 0, '', '', '', '[]', 0, ${all.length}, '{}';
     INSERT INTO entry (evidence, status, shown, "@timestamp", "change.after", "change.basis") VALUES ${all
       .map(
         ({ second, after }) =>
           `(1, 'event', true, make_timestamp(${second} * 1000000), ${after ? text(JSON.stringify(after)) : 'NULL'}, ${after ? `'after-only'` : 'NULL'})`
       )
       .join(', ')};
     INSERT INTO state VALUES ${all.map(({ row, object, tells }) => `(${row}, 1, ${text(object)}, '${tells}', NULL, NULL)`).join(', ')};
     INSERT INTO stale SELECT DISTINCT object FROM state`
    )
    await rebuildChanges(connection)
    const found = await connection.runAndReadAll(
      'SELECT row::DOUBLE, origin::DOUBLE, whole, before, fields FROM rebuilt ORDER BY 1'
    )
    const rebuilt = (found.getRowsJson() as [number, number | null, boolean, string | null, string[]][]).map(
      ([row, origin, whole, before, fields]) => ({
        row,
        origin,
        whole,
        before: before && JSON.parse(before),
        fields: fields.toSorted()
      })
    )

    const states = new Map<string, KnownState>()
    const expected = []
    // A file that begins with its newest event is read from its end where events have the same time.
    const down = (all[0]?.second ?? 0) > (all.at(-1)?.second ?? 0) ? -1 : 1
    for (const one of all.toSorted((a, b) => a.second - b.second || down * (a.row - b.row))) {
      const state = states.get(one.object) ?? new KnownState()
      states.set(one.object, state)
      const told: Told = { row: one.row, tells: one.tells, ...(one.after ? { after: one.after } : {}) }
      const known = one.tells === 'partial' ? state.of(one.after) : state.now
      if (one.tells !== 'failed' && (known.value !== undefined || (known.whole && one.tells !== 'gone'))) {
        const differing = changeEntries(known.value ?? {}, one.after ?? {}, 'rebuilt').filter(
          (entry) => !entry.same && !entry.masked && (known.whole || 'before' in entry)
        )
        const fields = [...new Set(differing.map(({ path }) => path[0] as string))]
        expected.push({
          row: one.row,
          origin: known.row ?? null,
          whole: known.whole,
          before: known.value ?? null,
          fields: one.tells === 'gone' ? Object.keys(known.value as object).toSorted() : fields.toSorted()
        })
      }
      state.take(told)
    }
    expect(rebuilt.length).toBeGreaterThan(100)
    expect(rebuilt).toEqual(expected.toSorted((a, b) => a.row - b.row))
    connection.closeSync()
    instance.closeSync()
  }
)
