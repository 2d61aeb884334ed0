import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Shell } from '../../../src-main/contract/shell'
import type { StandIn } from './stand-in'

export const root = resolve(import.meta.dirname, '../../..')
const asModule = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`

/** Runs the built main process, its `electron` being the stand-in. */
export async function loadMain(electron: StandIn, number: number): Promise<void> {
  Object.assign(globalThis, { electronStandIn: electron.modules })
  const source = `export const { ${Object.keys(electron.modules).join(', ')} } = globalThis.electronStandIn // ${number}`
  register(
    asModule(`export const resolve = (name, context, next) =>
      name === 'electron' ? { url: ${JSON.stringify(asModule(source))}, shortCircuit: true } : next(name, context)`)
  )
  await import(/* @vite-ignore */ `${pathToFileURL(join(root, 'out/main/index.js')).href}?${number}`)
}

/** Runs the built preload the way a sandboxed window does, as a function that gets `require`; gives what it exposes to the page. */
export function loadPreload(electron: StandIn, frame: unknown): Shell {
  const page = electron.windows.at(-1)?.webContents.page
  if (!page) throw new Error('there is no window')
  const exposed = new Map<string, unknown>()
  const event = { senderFrame: frame }
  const renderer = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
    webUtils: { getPathForFile: (file: { path: string }) => file.path },
    ipcRenderer: {
      on: page.on.bind(page),
      off: page.off.bind(page),
      send: (channel: string, ...args: unknown[]) => electron.ipcMain.emit(channel, event, ...args),
      invoke: (channel: string, ...args: unknown[]) => electron.ipcMain.invoke(event as never, channel, ...args)
    } satisfies Pick<Electron.IpcRenderer, 'invoke' | 'send'> & { on: unknown; off: unknown }
  }
  const code = readFileSync(join(root, 'out/preload/preload.cjs'), 'utf8')
  const required = (name: string) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
    return renderer
  }
  new Function('require', 'module', 'exports', code)(required, { exports: {} }, {})
  return exposed.get('spoor') as Shell
}
