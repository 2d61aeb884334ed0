import { type MessagePort, Worker } from 'node:worker_threads'

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

/** The built engine process as a thread of this process. */
export class EngineThread {
  readonly #worker: Worker
  constructor(module: string, env: NodeJS.ProcessEnv) {
    this.#worker = new Worker(bootstrap, { eval: true, workerData: module, env })
  }
  /** Hands over the engine's end of a channel. */
  give(port: MessagePort): void {
    this.#worker.postMessage({ data: 'client', ports: [port] }, [port])
  }
  end = (): Promise<number> => this.#worker.terminate()
}
