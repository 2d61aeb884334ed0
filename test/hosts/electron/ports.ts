import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
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

/** Gives the module in the thread the parentPort that Electron gives a utility process, then loads it. */
const bootstrap = `
const { parentPort, workerData } = require('node:worker_threads')
const { EventEmitter } = require('node:events')
const wrap = (raw) => Object.assign(new EventEmitter(), {
  postMessage: (message) => raw.postMessage(message),
  start() {
    raw.on('message', (data) => this.emit('message', { data, ports: [] }))
    raw.on('close', () => this.emit('close'))
  },
  close: () => raw.close()
})
const port = new EventEmitter()
process.parentPort = port
// As in Electron, messages wait until someone listens.
port.once('newListener', () => {
  parentPort.on('message', ({ data, ports }) => port.emit('message', { data, ports: ports.map(wrap) }))
})
import(workerData)
`

type UtilityCalls = Pick<UtilityProcess, 'postMessage' | 'kill'>

/** A utility process as a thread: it runs the same built module, and ports really go over to it. */
export class StandInUtilityProcess extends EventEmitter implements UtilityCalls {
  readonly worker: Worker
  constructor(module: string, env: NodeJS.ProcessEnv) {
    super()
    this.worker = new Worker(bootstrap, { eval: true, workerData: module, env })
    this.worker.on('exit', (code) => this.emit('exit', code))
    this.worker.on('error', (error) => console.error(error))
  }
  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => (port as unknown as StandInPort).raw)
    this.worker.postMessage({ data, ports }, ports)
  }
  kill(): boolean {
    void this.worker.terminate()
    return true
  }
}
