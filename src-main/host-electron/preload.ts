import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import type { HostCommand } from '../contract/host'
import { enginePort, type Shell } from '../contract/shell'

const listen = <T>(channel: string, listener: (value: T) => void): (() => void) => {
  const take = (_event: IpcRendererEvent, value: T) => listener(value)
  ipcRenderer.on(channel, take)
  return () => void ipcRenderer.off(channel, take)
}

const shell: Shell = {
  pathOf: (file) => webUtils.getPathForFile(file as File),
  chooseFiles: () => ipcRenderer.invoke('choose-files'),
  chooseCase: () => ipcRenderer.invoke('choose-case'),
  saveText: (name, text) => ipcRenderer.invoke('save-text', name, text),
  openLink: (url) => ipcRenderer.invoke('open-link', url),
  onCommand: (listener) => {
    const forget = listen<HostCommand>('command', listener)
    ipcRenderer.send('listening')
    return forget
  },
  requestPort: () => ipcRenderer.send('request-port'),
  onEngineGone: (listener) => listen('engine-gone', () => listener())
}

contextBridge.exposeInMainWorld('spoor', shell)

// A port cannot cross the bridge; it can be posted to the page's own window.
ipcRenderer.on('engine-port', (event) => window.postMessage(enginePort, window.location.origin, event.ports))
