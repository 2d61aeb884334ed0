import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from '../../src-main/engine/connect/fingerprint'
import { PullFolders } from '../../src-main/engine/connect/pull-folder'
import { type Log, plainEvents, plainToken } from '../servers/pages'
import { plain, plainConnector } from './plain'
import { newPull, ready } from './pulled'

/** The pull that was under way when the application was killed. */
export const killedPull = 'plain-20261121-120000'

/** A case as it is when the application is killed while the last parts are imported: all has come, and nothing of it is in. */
export async function killed(follow?: number) {
  const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }
  const made = await plain(log)
  const { engine, server, folder } = made
  const own = join(folder, 'pulls', killedPull)
  const { pull } = newPull({
    connected: ready(plainConnector('cursor', 'newest'), server.url),
    folder: own,
    ...(follow === undefined
      ? {}
      : { request: { follow }, onProgress: ({ state }, { cancel }) => state === 'following' && cancel.call(pull) })
  })
  await pull.run()
  const [connection] = await engine.connections()
  const journal = join(own, 'requests.jsonl')
  const settings = fingerprint(connection?.settings ?? {})
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"settings":""', `"settings":"${settings}"`))
  new PullFolders(folder).keep({ ...pull.report(), refused: [] }, pull.books)
  await engine.closeCase()
  await engine.openCase(folder)
  return { ...made, log, own, journal }
}
