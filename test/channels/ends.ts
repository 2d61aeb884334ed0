import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { WebSocket as NodeSocket } from 'ws'
import type { Engine, EngineEvents } from '../../src-main/contract/rpc'
import type { Channel } from '../../src-main/contract/wire'
import { createEngine } from '../../src-main/engine/engine'
import { callsOf, serve } from '../../src-main/engine/serve'
import { builtPages } from '../../src-main/host-node/pages'
import { startServer } from '../../src-main/host-node/server'
import { Spool } from '../../src-main/host-node/spool'
import { type Connection, connectBy, socketChannel } from '../../src-renderer/connect'
import { browserHost } from '../../src-renderer/host-browser'
import { EngineThread } from './engine-thread'

export const root = resolve(import.meta.dirname, '../..')
const resources = join(root, 'resources')

/** A client of the engine: what it can call, and a way to hear what the engine tells. */
export type Client = Pick<Connection, 'engine' | 'onEvents' | 'onState'>

export interface End {
  /** One more client of the same engine. */
  client(): Promise<Client>
  /** Breaks the channels of all clients; the engine lives on. Null where there is no channel. */
  readonly cut: (() => void) | null
  close(): Promise<void>
}

/** Builds what runs only built, unless it is. */
export const built = (): void =>
  void execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' })

/** The engine in this thread, called directly. */
export async function direct(home: string): Promise<End> {
  const listeners = new Set<Partial<EngineEvents>>()
  const events: EngineEvents = {
    importProgress: (progress) => listeners.forEach((one) => void one.importProgress?.(progress)),
    caseChanged: (state) => listeners.forEach((one) => void one.caseChanged?.(state)),
    workChanged: (what) => listeners.forEach((one) => void one.workChanged?.(what)),
    pullProgress: (progress) => listeners.forEach((one) => void one.pullProgress?.(progress))
  }
  const engine: Engine = createEngine({ home, resources, version: '0.1.0', events })
  const onEvents = (listener: Partial<EngineEvents>) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    client: async () => ({ engine, onEvents, onState: () => () => {} }),
    cut: null,
    close: () => engine.closeCase()
  }
}

/** The built engine process in a thread of its own, each client at the far end of a MessagePort. */
export async function overPort(home: string): Promise<End> {
  const env = { ...process.env, SPOOR_HOME: home, SPOOR_RESOURCES: resources, SPOOR_VERSION: '0.1.0' }
  const module = pathToFileURL(join(root, 'out/main/engine-process.js')).href
  const engine = new EngineThread(module, env)
  const ports: MessagePort[] = []
  const open = async () => {
    const { port1, port2 } = new MessageChannel()
    engine.give(port1)
    ports.push(port2)
    return portChannel(port2)
  }
  return {
    client: async () => connectBy(open, browserHost(), 'The engine is gone.'),
    cut: () => ports.splice(0).forEach((port) => void port.close()),
    close: async () => void (await engine.end())
  }
}

const portChannel = (port: MessagePort): Channel => ({
  send: (text) => port.postMessage(text),
  onText: (listener) => void port.on('message', listener),
  onClose: (listener) => void port.on('close', listener)
})

/** The loopback host, each client at the far end of a WebSocket that its cookie let in. */
export async function overSocket(home: string): Promise<End> {
  mkdirSync(home, { recursive: true })
  const spool = new Spool(home)
  const served = serve((events) => {
    const engine = createEngine({ home, resources, version: '0.1.0', events })
    return { ...callsOf(engine), importPaths: spool.importing((request) => engine.importPaths(request)) }
  })
  const host = await startServer({ served, pages: builtPages(home), spool, port: 0, commands: [] })
  const { headers } = await fetch(host.newAddress())
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
  const origin = `http://127.0.0.1:${host.port}`
  const sockets: NodeSocket[] = []
  const open = () => {
    const socket = new NodeSocket(`ws://127.0.0.1:${host.port}/engine`, { headers: { cookie, origin } })
    sockets.push(socket)
    return socketChannel(socket as unknown as WebSocket)
  }
  return {
    client: async () => connectBy(open, browserHost(), 'The engine is gone.'),
    cut: () => sockets.splice(0).forEach((socket) => void socket.terminate()),
    close: async () => {
      await served.engine.closeCase()
      await host.close()
      rmSync(home, { recursive: true, force: true })
    }
  }
}
