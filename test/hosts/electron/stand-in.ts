import { EventEmitter } from 'node:events'
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  ForkOptions,
  IpcMain,
  IpcMainInvokeEvent,
  Menu,
  MenuItemConstructorOptions,
  MessagePortMain,
  Protocol,
  SafeStorage,
  Screen,
  Session,
  Shell,
  WebContents
} from 'electron'
import { StandInChannel, type StandInPort, StandInUtilityProcess } from './ports'

type ReadyCalls = 'getAppPath' | 'getVersion' | 'isPackaged' | 'isReady' | 'name' | 'quit' | 'requestSingleInstanceLock'

class StandInApp extends EventEmitter implements Pick<App, ReadyCalls | 'whenReady'> {
  readonly root: string
  readonly isPackaged = false
  name = 'Spoor'
  first = true
  quits = 0
  #ready = false
  readonly #whenReady = new Promise<void>((resolve) => this.once('ready', resolve))
  constructor(root: string) {
    super()
    this.root = root
  }
  /** What Electron does once the system lets it. */
  becomeReady(): void {
    this.#ready = true
    this.emit('ready')
  }
  isReady = () => this.#ready
  whenReady = () => this.#whenReady
  getAppPath = () => this.root
  getVersion = () => '0.1.0'
  requestSingleInstanceLock = () => this.first
  quit = () => {
    this.quits++
    this.emit('before-quit')
  }
}

type Answering = 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'

class StandInSession implements Pick<Session, Answering> {
  readonly handlers: { [K in Answering]?: Parameters<Session[K]>[0] } = {}
  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) => {
    this.handlers.setPermissionRequestHandler = handler
  }
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) => {
    this.handlers.setPermissionCheckHandler = handler
  }
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) => {
    this.handlers.setDevicePermissionHandler = handler
  }
}

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

class StandInContents
  extends EventEmitter
  implements Pick<WebContents, 'send' | 'postMessage' | 'setWindowOpenHandler'>
{
  readonly session = new StandInSession()
  openHandler: OpenHandler | undefined
  /** What the preload hears: channel, value, ports. */
  readonly page = new EventEmitter()
  send(channel: string, ...args: unknown[]): void {
    this.page.emit(channel, { ports: [] }, ...args)
  }
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => (port as unknown as StandInPort).raw)
    this.page.emit(channel, { ports }, message)
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
}

type WindowCalls =
  | 'focus'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'show'

class StandInWindow extends EventEmitter implements Pick<BrowserWindow, WindowCalls> {
  readonly webContents = new StandInContents()
  readonly loaded: string[] = []
  readonly done: string[] = []
  readonly options: BrowserWindowConstructorOptions
  minimized = false
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    windows.push(this)
    current().app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL = async (url: string) => void this.loaded.push(url)
  show = () => void this.done.push('show')
  focus = () => void this.done.push('focus')
  restore = () => void this.done.push('restore')
  maximize = () => void this.done.push('maximize')
  isMinimized = () => this.minimized
  isMaximized = () => false
  getNormalBounds = () => ({ x: 40, y: 50, width: 1200, height: 800 })
}

type Handle = Parameters<IpcMain['handle']>[1]

class StandInIpcMain extends EventEmitter implements Pick<IpcMain, 'handle'> {
  readonly handlers = new Map<string, Handle>()
  handle(channel: string, handler: Handle): void {
    this.handlers.set(channel, handler)
  }
  invoke = async (event: IpcMainInvokeEvent, channel: string, ...args: unknown[]): Promise<unknown> =>
    this.handlers.get(channel)?.(event, ...args)
}

type ProtocolCalls = Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>

/** What the built main process finds when it imports `electron`. Typed by Electron's own declarations. */
export function standIn(root: string) {
  const ipcMain = new StandInIpcMain()
  const schemes: Record<string, Parameters<Protocol['handle']>[1]> = {}
  const opened: string[] = []
  const forks: { readonly process: StandInUtilityProcess; readonly options: ForkOptions }[] = []
  const answers = { files: [] as string[], save: '', button: 0 }
  const messages: string[] = []
  const menus: MenuItemConstructorOptions[][] = []
  const protocol: ProtocolCalls = {
    registerSchemesAsPrivileged: () => {},
    handle: (scheme, handler) => {
      schemes[scheme] = handler
    }
  }
  const dialog: Pick<Dialog, 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'> = {
    showOpenDialog: async () => ({ canceled: answers.files.length === 0, filePaths: answers.files }),
    showSaveDialog: async () => ({ canceled: answers.save === '', filePath: answers.save }),
    showMessageBox: async (options: unknown) => {
      messages.push((options as { message: string }).message)
      return { response: answers.button, checkboxChecked: false }
    }
  }
  const shell: Pick<Shell, 'openExternal'> = { openExternal: async (url) => void opened.push(url) }
  const screen: Pick<Screen, 'getDisplayMatching'> = {
    getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) as Electron.Display
  }
  const menu = {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as Menu,
    setApplicationMenu: (made: Menu | null) => void menus.push(made as unknown as MenuItemConstructorOptions[])
  } satisfies Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  // A keychain that turns texts around, so that what was sealed is not what is kept.
  const turned = (text: string) => [...text].reverse().join('')
  const safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  > = {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text) => Buffer.from(turned(text)),
    decryptString: (sealed) => turned(sealed.toString())
  }
  const utilityProcess = {
    fork: (module: string, _args: string[], options: ForkOptions) => {
      const process = new StandInUtilityProcess(module, options.env as NodeJS.ProcessEnv)
      forks.push({ process, options })
      return process
    }
  }
  const modules = {
    app: new StandInApp(root),
    BrowserWindow: StandInWindow,
    MessageChannelMain: StandInChannel,
    Menu: menu,
    dialog,
    ipcMain,
    protocol,
    safeStorage,
    screen,
    shell,
    utilityProcess
  }
  windows.length = 0
  running = modules
  return { ...modules, modules, windows, schemes, opened, forks, answers, messages, menus }
}

export type StandIn = ReturnType<typeof standIn>
const windows: StandInWindow[] = []
let running: { readonly app: StandInApp } | undefined
function current(): { readonly app: StandInApp } {
  if (!running) throw new Error('there is no stand-in yet')
  return running
}
