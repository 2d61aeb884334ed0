import { join } from 'node:path'
import { app, dialog, MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron'
import { homeFolder } from '../engine/home'
import { hasKeychain, offerKeychain } from './keychain'
import type { MainWindow } from './window'

/** Ends within this time of each other mean that starting it again does not help. */
const soon = 10_000

/** Keeps the engine running in a process of its own, and introduces the page to it. What they say to each other it does not see. */
export class EngineHost {
  readonly #window: MainWindow
  #process: UtilityProcess | null = null
  #stopping = false
  #startedAt = 0
  #wanted = false

  constructor(window: MainWindow) {
    this.#window = window
  }

  start(): void {
    const root = app.getAppPath()
    const keychain = hasKeychain()
    const engine = utilityProcess.fork(join(root, 'out', 'main', 'engine-process.js'), [], {
      serviceName: 'Spoor engine',
      env: {
        ...process.env,
        // Four long queries would otherwise stop every other call; the pool takes its size when the process starts.
        UV_THREADPOOL_SIZE: '16',
        SPOOR_HOME: homeFolder(),
        SPOOR_RESOURCES: app.isPackaged ? join(process.resourcesPath, 'resources') : join(root, 'resources'),
        SPOOR_VERSION: app.getVersion(),
        ...(keychain ? { SPOOR_KEYCHAIN: 'yes' } : {})
      }
    })
    this.#process = engine
    this.#startedAt = Date.now()
    if (keychain) offerKeychain(engine)
    engine.on('exit', (code) => this.#ended(engine, code))
    if (this.#wanted) this.introduce()
  }

  /** Gives page and engine the two ends of one channel. A page that asks while there is no engine gets it from the next. */
  introduce(): void {
    this.#wanted = this.#process === null
    if (!this.#process) return
    const { port1, port2 } = new MessageChannelMain()
    this.#process.postMessage('client', [port1])
    this.#window.givePort(port2)
  }

  stop(): void {
    this.#stopping = true
    this.#process?.kill()
  }

  #ended(engine: UtilityProcess, code: number): void {
    if (this.#process !== engine) return
    this.#process = null
    if (this.#stopping) return
    this.#window.engineIsGone()
    if (Date.now() - this.#startedAt > soon) this.start()
    else this.#ask(code)
  }

  #ask(code: number): void {
    const message = `The engine cannot be kept running (exit code ${code}).`
    const detail =
      'Your cases are untouched. Start Spoor again; if this comes back, the disk may be full or a file be damaged.'
    const buttons = ['Try again', 'Quit']
    void dialog.showMessageBox({ type: 'error', message, detail, buttons, cancelId: 1 }).then(({ response }) => {
      if (response === 0) this.start()
      else app.quit()
    })
  }
}
