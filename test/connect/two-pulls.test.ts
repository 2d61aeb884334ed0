import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { PullProgress } from '../../src-main/contract/connect'
import { type Log, plainEvents, plainToken } from '../servers/pages'
import { shown } from './engine'
import { plain } from './plain'

it('lets a file be imported while two pulls bring theirs, and closes the case with all of it', async () => {
  const log: Log = { events: plainEvents(2000), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  let first = () => {}
  const firstIsIn = new Promise<void>((resolve) => {
    first = resolve
  })
  const onProgress = ({ imported }: PullProgress) => imported === 2000 && first()
  const { engine, server, folder, home } = await plain(log, { onProgress })
  const secrets = { token: plainToken }
  const settings = { base: `${server.url}/`, timeout: 2 }
  await engine.saveConnection({ name: 'Other', connector: 'plain', settings, secrets })
  const file = join(home, 'log.jsonl')
  writeFileSync(file, '{"time":"2026-11-01T00:00:00Z","actor":"ada","action":"login"}\n')
  const pulls = Promise.all(['plain', 'other'].map((connection) => engine.pull({ connection })))
  await firstIsIn
  // What the second brought is on its way in now.
  expect((await engine.importPaths({ paths: [file] })).refused).toEqual([])
  expect((await pulls).map(({ state, refused }) => [state, refused])).toEqual([
    ['complete', []],
    ['complete', []]
  ])
  await engine.closeCase()
  await engine.openCase(folder)
  expect(await shown(engine)).toBe(2001)
})
