import { type BirpcReturn, createBirpc } from 'birpc'
import type { Engine, EngineEvents } from '../contract/rpc'
import { type Channel, decode, encode } from '../contract/wire'

/** Every call a client may make, and nothing else that the engine object happens to have. */
const calls: Record<keyof Engine, true> = {
  about: true,
  openCase: true,
  createCase: true,
  openSample: true,
  closeCase: true,
  discardCase: true,
  caseState: true,
  recentCases: true,
  forgetCase: true,
  importPaths: true,
  cancelImport: true,
  ledger: true,
  records: true,
  verify: true,
  sources: true,
  sourceText: true,
  newSource: true,
  previewSource: true,
  saveSource: true,
  removeSource: true,
  readAgain: true,
  releasePaths: true,
  ask: true,
  cancel: true,
  show: true,
  passes: true,
  objectHistory: true,
  compareStates: true,
  evidenceBytes: true,
  sql: true,
  values: true,
  recordPaths: true,
  recordValues: true,
  useGeoDatabase: true,
  namesOf: true,
  ids: true,
  mark: true,
  cancelMarking: true,
  undoMark: true,
  marksOf: true,
  searches: true,
  keepSearch: true,
  savedQueries: true,
  saveQuery: true,
  removeSavedQuery: true,
  session: true,
  keepSession: true,
  connectors: true,
  connections: true,
  saveConnection: true,
  removeConnection: true,
  testConnection: true,
  vault: true,
  unlockVault: true,
  changePassphrase: true,
  forgetPassphrase: true,
  pull: true,
  pausePull: true,
  resumePull: true,
  cancelPull: true,
  pulls: true
}

export interface Served {
  readonly engine: Engine
  /** Answers one more client, until its channel closes. */
  connect(channel: Channel): void
}

/** One engine for any number of clients: calls come in by channel, what the engine tells goes to all. */
export function serve(create: (events: EngineEvents) => Engine): Served {
  const clients = new Set<BirpcReturn<EngineEvents, Engine>>()
  const engine = create({
    importProgress: (progress) => {
      for (const client of clients) client.importProgress.asEvent(progress)
    },
    caseChanged: (state) => {
      for (const client of clients) client.caseChanged.asEvent(state)
    },
    workChanged: (what) => {
      for (const client of clients) client.workChanged.asEvent(what)
    },
    pullProgress: (progress) => {
      for (const client of clients) client.pullProgress.asEvent(progress)
    }
  })
  let number = 0
  const connect = (channel: Channel): void => {
    const mine = withOwnTickets(engine, `${++number}:`)
    const client = createBirpc<EngineEvents, Engine>(mine.calls, {
      post: (text) => channel.send(text),
      on: (listener) => channel.onText(listener),
      serialize: encode,
      deserialize: decode,
      // A query over ten million events may take its time; who does not want to wait cancels.
      timeout: -1,
      resolver: (name, call) => (Object.hasOwn(calls, name) ? call : undefined),
      // An answer that cannot be written as JSON is answered with that error; one to a client that left is dropped.
      onGeneralError: () => true
    })
    clients.add(client)
    channel.onClose(() => {
      clients.delete(client)
      client.$close()
      mine.cancelAll()
    })
  }
  return { engine, connect }
}

/** Two windows may both name a query "1": each cancels only its own, and one that closes cancels what it still waits for. */
function withOwnTickets(engine: Engine, prefix: string): { calls: Engine; cancelAll(): void } {
  const running = new Set<string>()
  const named = async <T>(ticket: string | undefined, run: (own?: string) => Promise<T>): Promise<T> => {
    if (ticket === undefined) return run()
    const own = prefix + ticket
    running.add(own)
    try {
      return await run(own)
    } finally {
      running.delete(own)
    }
  }
  const own: Pick<Engine, 'ask' | 'sql' | 'values' | 'previewSource' | 'testConnection' | 'cancel'> = {
    ask: (query, ticket, early) => named(ticket, (name) => engine.ask(query, name, early)),
    sql: (statement, limit, ticket) => named(ticket, (name) => engine.sql(statement, limit, name)),
    values: (field, text, limit, ticket) => named(ticket, (name) => engine.values(field, text, limit, name)),
    previewSource: (request, ticket) => named(ticket, (name) => engine.previewSource(request, name)),
    testConnection: (on, ticket) => named(ticket, (name) => engine.testConnection(on, name)),
    cancel: (ticket) => engine.cancel(prefix + ticket)
  }
  return {
    calls: { ...callsOf(engine), ...own },
    cancelAll: () => {
      for (const ticket of running) void engine.cancel(ticket)
    }
  }
}

/** The calls of an engine as plain functions, one of which a host may put something around. */
export const callsOf = (engine: Engine): Engine =>
  Object.fromEntries(
    (Object.keys(calls) as (keyof Engine)[]).map((name) => [name, (engine[name] as () => unknown).bind(engine)])
  ) as unknown as Engine
