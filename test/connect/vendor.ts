import { expect, onTestFinished } from 'vitest'
import type { PullReport } from '../../src-main/contract/connect'
import type { AnyField } from '../../src-main/contract/event'
import type { StandIn, Trouble } from '../servers/strict-server'
import { type Connected, connectedEngine, shown } from './engine'

export interface Vendor extends Connected {
  readonly server: StandIn
  readonly connection: string
}

/** A real engine connected to a stand-in for a product. */
export async function connectedTo(
  server: StandIn,
  connector: string,
  settings: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>>
): Promise<Vendor> {
  onTestFinished(() => server.close())
  const made = await connectedEngine()
  const { id } = await made.engine.saveConnection({ name: connector, connector, settings, secrets })
  return { ...made, server, connection: id }
}

/** Once asked too often and once out of order, in the midst of a pull. */
export const stumbling =
  (limited: number, failing: number, limit: Partial<ReturnType<Trouble> & object> = {}): Trouble =>
  (number) =>
    number === limited
      ? { status: 429, headers: { 'retry-after': '1' }, body: { message: 'too many requests' }, ...limit }
      : number === failing
        ? { status: 503, body: '<html><title>Service Unavailable</title></html>' }
        : undefined

/** That all came: each event shown once and read as what it is, the books balanced, and the evidence as it was sealed. */
export async function expectTaken(
  { engine }: Vendor,
  report: PullReport,
  events: Readonly<Record<string, number>>
): Promise<void> {
  expect(report.fault).toBeUndefined()
  expect(report.state).toBe('complete')
  expect(report.refused).toEqual([])
  expect(report.streams.filter(({ complete }) => !complete)).toEqual([])
  const taken: Record<string, number> = {}
  for (const { source, balanced, unreadable, events: count, undated, duplicates } of await engine.ledger()) {
    expect({ balanced, unreadable, undated }).toEqual({ balanced: true, unreadable: 0, undated: 0 })
    taken[source] = (taken[source] ?? 0) + count - duplicates
  }
  expect(taken).toEqual(events)
  expect(await shown(engine)).toBe(Object.values(events).reduce((sum, one) => sum + one, 0))
  expect((await engine.verify()).clean).toBe(true)
}

/** Fields of the event that has an id. */
export async function eventOf({ engine }: Vendor, id: string, fields: readonly AnyField[]): Promise<unknown> {
  const answer = await engine.ask({
    select: 'rows',
    filter: { kind: 'is', field: 'event.id', values: [id] },
    fields,
    limit: 2
  })
  const rows = 'rows' in answer ? (answer.rows as readonly object[] as readonly Record<string, unknown>[]) : []
  expect(rows).toHaveLength(1)
  return Object.fromEntries(fields.map((field) => [field, rows[0]?.[field]]))
}

/** What stands in the way of a connection, in words. */
export async function failureOf({ engine, connection }: Vendor): Promise<string | undefined> {
  const { ok, steps } = await engine.testConnection(connection)
  const failed = steps.find(({ state }) => state === 'failed')
  expect(ok).toBe(failed === undefined)
  return failed?.sentence
}
