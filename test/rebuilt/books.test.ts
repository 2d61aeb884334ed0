import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { caseOf, changesIn, fixture, months } from './case'

describe('rebuilt changes stay as they are', () => {
  it('when files overlap: an event told twice changed its object once', async () => {
    const { engine, folder } = await caseOf(months)
    const before = await changesIn(engine)
    const again = join(folder, '..', 'april-and-may.json')
    const april = readFileSync(fixture('2-april-lines.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const may = JSON.parse(readFileSync(fixture('3-may-newest-first.json'), 'utf8'))
    writeFileSync(again, JSON.stringify([...may, ...april.toReversed()]))
    const { evidence } = await engine.importPaths({ paths: [again] })
    expect(evidence[0]?.duplicates).toBe(12)
    expect(await changesIn(engine)).toEqual(before)
  })

  it('when evidence is read again', async () => {
    const { engine } = await caseOf(months)
    const before = await changesIn(engine)
    const [, april] = await engine.ledger()
    await engine.readAgain({ evidence: april?.sha256 as string })
    const after = await changesIn(engine)
    expect(after.map(({ _id, ...one }) => one)).toEqual(before.map(({ _id, ...one }) => one))
  })

  it('when the case is opened after an import that was killed before it had rebuilt them', async () => {
    const { engine, folder } = await caseOf(months)
    const before = await changesIn(engine)
    await engine.closeCase()
    const instance = await DuckDBInstance.create(join(folder, 'case.duckdb'))
    const connection = await instance.connect()
    await connection.run('DELETE FROM rebuilt; INSERT INTO stale SELECT DISTINCT object FROM state')
    connection.closeSync()
    instance.closeSync()
    await engine.openCase(folder)
    expect(await changesIn(engine)).toEqual(before)
  })
})

it('are rebuilt for no source that does not say whose state its records tell', async () => {
  const { engine } = await caseOf([])
  await engine.openSample()
  const { rows } = await engine.sql(
    `SELECT DISTINCT "event.dataset" FROM event WHERE "change.basis" = 'rebuilt' ORDER BY 1`,
    20
  )
  expect(rows).toEqual([['asgardeo'], ['asgardeo.legacy'], ['keycloak.admin']])
})
