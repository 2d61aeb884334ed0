import type { Host } from '../src-main/contract/host'
import { enginePort, type Shell } from '../src-main/contract/shell'
import type { Channel } from '../src-main/contract/wire'

declare global {
  interface Window {
    /** There in the desktop shell, and only there. */
    readonly spoor?: Shell
  }
}

/** The application in its own window of the desktop shell. */
export const electronHost = (shell: Shell): Host => ({
  kind: 'electron',
  pathsOf: async (files) => files.map((file) => shell.pathOf(file)),
  chooseFiles: () => shell.chooseFiles(),
  chooseCase: () => shell.chooseCase(),
  saveText: (name, text) => shell.saveText(name, text),
  openLink: (url) => shell.openLink(url),
  onCommand: (listener) => shell.onCommand(listener)
})

/** Asks the shell for a port to the engine and waits until it is handed over. */
export function portChannel(shell: Shell): Promise<Channel> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== enginePort || !port) return
      window.removeEventListener('message', take)
      resolve(channelOver(port, shell))
    }
    window.addEventListener('message', take)
    shell.requestPort()
  })
}

function channelOver(port: MessagePort, shell: Shell): Channel {
  return {
    send: (text) => port.postMessage(text),
    onText: (listener) => {
      port.onmessage = (event) => listener(String(event.data))
    },
    onClose: (listener) => {
      // Told by the shell or seen at the port, whichever comes first; told once.
      const close = () => {
        forget()
        port.removeEventListener('close', close)
        port.close()
        listener()
      }
      const forget = shell.onEngineGone(close)
      port.addEventListener('close', close)
    }
  }
}
