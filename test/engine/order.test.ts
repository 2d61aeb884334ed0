import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { engineIn, temporaryFolder } from './folder'

// More than DuckDB reads at once, so that several threads have a part in it; and a source that compares with long lists of words.
const records = 200_000

it('records of a large file keep the order of their lines, which their places are counted by', async () => {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  const path = join(folder, 'large.jsonl')
  const file = createWriteStream(path)
  const details = { x: 'y'.repeat(300) }
  for (let n = 0; n < records; n++) {
    const line = {
      id: `id-${n}`,
      time: 1773049267120 + n,
      type: 'LOGIN',
      realmId: 'acme',
      userId: `u${n % 900}`,
      ipAddress: '203.0.113.9',
      details
    }
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  const { evidence } = await engine.importPaths({ paths: [path] })
  expect(evidence.map(({ source, events }) => [source, events])).toEqual([['keycloak.user', records]])
  const { rows } = await engine.sql(
    `SELECT count(*) FILTER ("event.id" <> 'id-' || (split_part(_id, '-', 2)::BIGINT - 1)) FROM event`,
    1
  )
  expect(rows).toEqual([[0]])
  expect((await engine.verify()).checks.filter(({ clean }) => !clean)).toEqual([])
})
