import { join } from 'node:path'
import { app, BrowserWindow, type MessagePortMain } from 'electron'
import type { HostCommand } from '../contract/host'
import { homeFolder } from '../engine/home'
import { pageScheme } from './pages'
import { readWindowState, writeWindowState } from './window-state'

/** The one window. Commands wait until its page listens. */
export class MainWindow {
  #window: BrowserWindow | null = null
  #listening = false
  readonly #waiting: HostCommand[] = []

  /** The window itself, for dialogs to stand before. */
  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    if (!app.isReady()) return
    if (!this.#window) this.#open()
    else {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.focus()
    }
  }

  command(command: HostCommand): void {
    if (this.#window && this.#listening) this.#window.webContents.send('command', command)
    else this.#waiting.push(command)
  }

  /** The page listens from now on. */
  pageListens(): void {
    this.#listening = true
    for (const command of this.#waiting.splice(0)) this.command(command)
  }

  /** Hands the page its way to the engine. */
  givePort(port: MessagePortMain): void {
    this.#window?.webContents.postMessage('engine-port', null, [port])
  }

  engineIsGone(): void {
    this.#window?.webContents.send('engine-gone')
  }

  #open(): void {
    const { bounds, maximized } = readWindowState(homeFolder())
    const window = new BrowserWindow({
      ...bounds,
      minWidth: 800,
      minHeight: 560,
      title: 'Spoor',
      show: false,
      backgroundColor: '#171614',
      webPreferences: {
        preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false
      }
    })
    this.#window = window
    if (maximized) window.maximize()
    window.once('ready-to-show', () => window.show())
    window.webContents.on('did-start-navigation', (event) => {
      if (event.isMainFrame && !event.isSameDocument) this.#listening = false
    })
    window.on('close', () => {
      writeWindowState(homeFolder(), { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
    })
    window.on('closed', () => {
      this.#window = null
      this.#listening = false
    })
    void window.loadURL(`${pageScheme}/`)
  }
}
