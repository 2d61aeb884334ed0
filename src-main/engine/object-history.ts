import type { DuckDBConnection } from '@duckdb/node-api'
import type { Change, ObjectHistory, ObjectState } from '../contract/change'
import { AppError } from '../contract/errors'
import type { Field } from '../contract/event'
import { allOf, type Filter, oneOf } from '../contract/filter'
import { eventIdOf, rowOf } from './event-id'
import { type Known, KnownState } from './normalise/known-state'
import { type ChainEvent, chainOf } from './object-chain'
import { stateEntries } from './rebuilt-change'
import type { Case } from './store/case'

/** All states of the object an event is about, that the case knows. */
export async function objectHistory(connection: DuckDBConnection, of: Case, event: string): Promise<ObjectHistory> {
  const { row } = rowOf(of, event)
  const chain = await chainOf(connection, of, row, false)
  const last = (key: 'type' | 'id' | 'name' | 'organization') => chain.findLast((one) => one[key] !== null)?.[key]
  // What a set's events are about are its members: the set itself is named by what it belongs to.
  const set = chain.find((one) => one.members !== undefined || one.called !== null)
  const object = {
    type: last('type'),
    id: set ? set.object : last('id'),
    name: set ? undefined : last('name'),
    organization: last('organization')
  }
  const filter = singledOut(chain)
  return {
    object: Object.fromEntries(Object.entries(object).filter(([, value]) => value != null)),
    states: chain.map((one) => stateOf(of, one)),
    at: chain.findIndex((one) => one.row === row),
    ...(filter ? { filter } : {})
  }
}

/** What differs between what is known of an object after one of its events, and after another. */
export async function compareStates(
  connection: DuckDBConnection,
  of: Case,
  before: string,
  after: string
): Promise<Change> {
  const [from, to] = [rowOf(of, before).row, rowOf(of, after).row]
  const chain = await chainOf(connection, of, from, true)
  const [old, now] = [stateAfter(chain, from), stateAfter(chain, to)]
  if (!old || !now) throw new AppError('usage', `${before} and ${after} do not both tell a state of one object.`)
  const members = chain.some((one) => one.members)
  return {
    basis: 'rebuilt',
    entries: stateEntries(members ? { ...old, whole: true } : old, now.value),
    ...(members ? { members: true as const } : {})
  }
}

function stateAfter(chain: readonly ChainEvent[], row: number): Known | undefined {
  const event = chain.find((one) => one.row === row)
  if (!event) return undefined
  const state = new KnownState()
  const own = chain.filter((one) => one.undated === event.undated)
  state.expect({ ...event, tells: 'went', members: firstGoing(own) })
  for (const told of own.slice(0, own.indexOf(event) + 1)) state.take(told)
  return state.now
}

/** Members who are first told of when they leave: they were there from the beginning. */
function firstGoing(chain: readonly ChainEvent[]): string[] {
  const first = new Map<string, string>()
  for (const { tells, members } of chain)
    for (const member of members ?? []) if (!first.has(member)) first.set(member, tells)
  return [...first].flatMap(([member, tells]) => (tells === 'went' ? [member] : []))
}

function stateOf(of: Case, { row, tells, basis, fields, ...event }: ChainEvent): ObjectState {
  const said = (['time', 'user', 'action', 'outcome'] as const).flatMap((key) =>
    event[key] === null ? [] : [[key, event[key]]]
  )
  return { _id: eventIdOf(of, row), ...Object.fromEntries(said), tells, basis, fields }
}

const naming: readonly (readonly [keyof ChainEvent, Field])[] = [
  ['id', 'resource.id'],
  ['target', 'user.target.id'],
  ['name', 'resource.name']
]

/** What all events of the object have alike, where it names the object. */
function singledOut(chain: readonly ChainEvent[]): Filter | undefined {
  const [first] = chain
  const same = (key: keyof ChainEvent) => first?.[key] && chain.every((one) => one[key] === first[key])
  const found = naming.find(([key]) => same(key))
  if (!first || !found) return undefined
  const [key, field] = found
  return allOf(same('type') ? oneOf('resource.type', String(first.type)) : undefined, oneOf(field, String(first[key])))
}
