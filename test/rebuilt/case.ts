import { join } from 'node:path'
import type { Engine } from '../../src-main/contract/rpc'
import { engineIn, temporaryFolder } from '../engine/folder'

export const fixture = (name: string): string => join(import.meta.dirname, '../fixtures/rebuilt', name)

/** One realm's admin events over four months: as the API gives them, newest first, as lines, and as lines of the server's log. */
export const months = [
  '1-march-newest-first.json',
  '2-april-lines.jsonl',
  '3-may-newest-first.json',
  '4-june-server.log'
]

/** A case with these files imported one after the other. */
export async function caseOf(files: readonly string[]): Promise<{ engine: Engine; folder: string }> {
  const engine = engineIn(await temporaryFolder())
  const { folder } = await engine.createCase({ name: 'c' })
  for (const file of files) {
    const { refused } = await engine.importPaths({ paths: [fixture(file)] })
    if (refused.length > 0) throw new Error(refused[0]?.message)
  }
  return { engine, folder }
}

export interface Found {
  readonly _id: string
  readonly time: string
  readonly action: string
  readonly basis: string | null
  readonly before: unknown
  readonly after: unknown
  readonly fields: readonly string[] | null
}

/** Every event with its change as the `event` view has it, in the order of the log. */
export async function changesIn(engine: Engine): Promise<Found[]> {
  const { rows } = await engine.sql(
    `SELECT _id, strftime("@timestamp", '%m-%d %H:%M'), "event.action", "change.basis", "change.before", "change.after", "change.fields" FROM event
     ORDER BY "@timestamp", "change.fields" <> ['emailVerified', 'attributes'], "event.id"`,
    1000
  )
  const json = (text: unknown) => (text === null ? null : JSON.parse(String(text)))
  return rows.map(([_id, time, action, basis, before, after, fields]) => ({
    _id: String(_id),
    time: String(time),
    action: String(action),
    basis: basis as string | null,
    before: json(before),
    after: json(after),
    fields: fields as string[] | null
  }))
}

/** The event of that time and action. */
export async function eventAt(engine: Engine, time: string, action: string): Promise<string> {
  const found = (await changesIn(engine)).find((one) => one.time === time && one.action === action)
  if (!found) throw new Error(`no ${action} at ${time}`)
  return found._id
}
