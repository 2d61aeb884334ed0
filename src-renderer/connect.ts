import { createBirpc } from 'birpc'
import { AppError } from '../src-main/contract/errors'
import type { Host } from '../src-main/contract/host'
import type { Engine, EngineEvents } from '../src-main/contract/rpc'
import { type Channel, decode, encode } from '../src-main/contract/wire'
import { browserHost } from './host-browser'
import { electronHost, portChannel } from './host-electron'

export interface Connection {
  readonly engine: Engine
  readonly host: Host
  /** What the engine tells; the answer stops listening. */
  onEvents(listener: Partial<EngineEvents>): () => void
  /** `lost` when the engine is gone, with a sentence; `ready` when it answers again, with no case open if it was started anew. */
  onState(listener: (state: 'ready' | 'lost', why?: string) => void): () => void
}

/** The engine this page belongs to: in the shell over a port, in a browser over a socket. */
export function connect(): Connection {
  const shell = window.spoor
  if (!shell) return connectBy(openSocket, browserHost(), 'The engine has stopped. Start Spoor again.')
  const why = 'The engine stopped unexpectedly and is being started again.'
  return connectBy(() => portChannel(shell), electronHost(shell), why)
}

/** Calls go over the channel at hand; when it breaks they fail with `engine_gone` and a new one is opened. */
export function connectBy(open: () => Promise<Channel>, host: Host, why: string): Connection {
  const events = new Set<Partial<EngineEvents>>()
  const states = new Set<(state: 'ready' | 'lost', why?: string) => void>()
  const gone = () => new AppError('engine_gone', why)
  const told: EngineEvents = {
    importProgress: (progress) => {
      for (const listener of events) listener.importProgress?.(progress)
    },
    caseChanged: (state) => {
      for (const listener of events) listener.caseChanged?.(state)
    },
    workChanged: (what) => {
      for (const listener of events) listener.workChanged?.(what)
    },
    pullProgress: (progress) => {
      for (const listener of events) listener.pullProgress?.(progress)
    }
  }
  const tellState = (state: 'ready' | 'lost') => {
    for (const listener of states) listener(state, state === 'lost' ? why : undefined)
  }

  let tries = 0
  const link = async () => {
    const channel = await open().catch(() => {
      throw gone()
    })
    const remote = createBirpc<Engine, EngineEvents>(told, {
      post: (text) => channel.send(text),
      on: (listener) => channel.onText(listener),
      serialize: encode,
      deserialize: decode,
      timeout: -1
    })
    channel.onClose(() => {
      remote.$close(gone())
      tellState('lost')
      linkAgain()
    })
    if (tries > 0) tellState('ready')
    tries = 0
    return remote
  }
  const linkAgain = () => {
    const wait = Math.min(5000, 100 * 2 ** tries++)
    current = new Promise<void>((resolve) => setTimeout(resolve, wait)).then(link)
    current.catch(linkAgain)
  }
  let current = link()
  current.catch(linkAgain)

  const engine = new Proxy({} as Engine, {
    get: (_, name) =>
      // Not a promise itself: awaiting the engine must give the engine.
      name === 'then' || typeof name === 'symbol'
        ? undefined
        : async (...args: unknown[]) => (await current).$callRaw({ method: name, args })
  })
  const listen = <T>(set: Set<T>, listener: T) => {
    set.add(listener)
    return () => void set.delete(listener)
  }
  return {
    engine,
    host,
    onEvents: (listener) => listen(events, listener),
    onState: (listener) => listen(states, listener)
  }
}

/** The loopback host's engine. The cookie got with the page lets the socket in. */
function openSocket(): Promise<Channel> {
  const url = new URL('engine', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  url.search = ''
  url.hash = ''
  return socketChannel(new WebSocket(url))
}

/** A channel over a socket, once it is open. */
export function socketChannel(socket: WebSocket): Promise<Channel> {
  const channel: Channel = {
    send: (text) => socket.send(text),
    onText: (listener) => socket.addEventListener('message', (event) => listener(String(event.data))),
    onClose: (listener) => socket.addEventListener('close', () => listener())
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(channel))
    socket.addEventListener('error', () => reject(new Error('The socket could not be opened.')))
  })
}
