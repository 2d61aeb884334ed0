import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { MessagePortMain, UtilityProcess } from 'electron'

/** Electron's main-process port over one of Node's: the same calls, messages as events with `data`. */
export class StandInPort extends EventEmitter implements Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> {
  readonly raw: MessagePort
  constructor(raw: MessagePort) {
    super()
    this.raw = raw
  }
  postMessage(message: unknown): void {
    this.raw.postMessage(message)
  }
  start(): void {
    this.raw.on('message', (data) => this.emit('message', { data, ports: [] }))
    this.raw.on('close', () => this.emit('close'))
  }
  close(): void {
    this.raw.close()
  }
}

export class StandInChannel {
  readonly port1: StandInPort
  readonly port2: StandInPort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StandInPort(port1)
    this.port2 = new StandInPort(port2)
  }
}

/** Gives the module the parentPort that Electron gives a utility process, then loads it. Its ports' texts come over the pipe. */
const bootstrap = `
const { EventEmitter } = require('node:events')
const ports = new Map()
const portOf = (id) => {
  const port = Object.assign(new EventEmitter(), {
    postMessage: (text) => process.send({ id, text }),
    start() {},
    close: () => process.send({ id, closed: true })
  })
  ports.set(id, port)
  return port
}
const parent = new EventEmitter()
process.parentPort = parent
// As in Electron, messages wait until someone listens.
parent.once('newListener', () => process.on('message', ({ id, open, text, closed }) => {
  if (open) parent.emit('message', { data: open, ports: [portOf(id)] })
  else if (closed) ports.get(id)?.emit('close')
  else ports.get(id)?.emit('message', { data: text, ports: [] })
}))
import(require('node:url').pathToFileURL(process.argv[1]).href)
`

interface Sent {
  readonly id: number
  readonly text?: string
  readonly closed?: boolean
}

/** A utility process that is one: it runs the same built module, can really die, and closes its ports by that. */
export class StandInUtilityProcess extends EventEmitter implements Pick<UtilityProcess, 'postMessage' | 'kill'> {
  readonly #child: ChildProcess
  readonly #ports = new Map<number, MessagePort>()
  constructor(module: string, env: NodeJS.ProcessEnv) {
    super()
    this.#child = spawn(process.execPath, ['-e', bootstrap, module], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc']
    })
    this.#child.on('message', ({ id, text, closed }: Sent) => {
      const port = this.#ports.get(id)
      if (closed) port?.close()
      else port?.postMessage(text)
    })
    this.#child.on('exit', (code) => {
      for (const port of this.#ports.values()) port.close()
      this.emit('exit', code ?? 1)
    })
  }
  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    for (const port of transfer) {
      const { raw } = port as unknown as StandInPort
      const id = this.#ports.size + 1
      this.#ports.set(id, raw)
      this.#send({ id, open: data })
      raw.on('message', (text: string) => this.#send({ id, text }))
      raw.on('close', () => this.#send({ id, closed: true }))
    }
  }
  /** As an engine ends that crashed: at once. */
  kill(): boolean {
    return this.#child.kill('SIGKILL')
  }
  #send(message: Sent | { readonly id: number; readonly open: unknown }): void {
    if (this.#child.connected) this.#child.send(message)
  }
}
