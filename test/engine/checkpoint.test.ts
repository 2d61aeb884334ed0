import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import { checkpoint } from '../../src-main/engine/store/checkpoint'
import { temporaryFolder } from './folder'

it('waits for another writer before it puts what was committed into place, and lets it be when that goes on', async () => {
  const instance = await DuckDBInstance.create(join(await temporaryFolder(), 'a.duckdb'))
  const [writer, other] = [await instance.connect(), await instance.connect()]
  await writer.run('CREATE TABLE t AS SELECT 1 AS a')
  await other.run('BEGIN; UPDATE t SET a = 2')
  await expect(writer.run('CHECKPOINT')).rejects.toThrow('Cannot CHECKPOINT')
  const waiting = checkpoint(writer)
  await new Promise((resolve) => setTimeout(resolve, 120))
  await other.run('COMMIT')
  await waiting
  await other.run('BEGIN; UPDATE t SET a = 3')
  await checkpoint(writer)
  await other.run('ROLLBACK')
  const counted = await writer.runAndReadAll('SELECT a FROM t')
  expect(counted.getRows()).toEqual([[2]])
  writer.closeSync()
  other.closeSync()
  instance.closeSync()
})
