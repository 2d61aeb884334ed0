import type { MessageEvent, ParentPort } from 'electron'
import type { MessagePortMain } from 'electron/main'
import type { Channel } from '../contract/wire'
import { createEngine } from '../engine/engine'
import { serve } from '../engine/serve'

// Runs in a utilityProcess: the parent sends nothing but the ports of clients.
const { SPOOR_HOME: home, SPOOR_RESOURCES: resources, SPOOR_VERSION: version } = process.env
if (!home || !resources || !version) throw new Error('The engine process was not told where it is.')

const served = serve((events) => createEngine({ home, resources, version, events }))
const parent = (process as NodeJS.Process & { parentPort: ParentPort }).parentPort
parent.on('message', ({ ports }: MessageEvent) => {
  for (const port of ports) served.connect(portChannel(port))
})

function portChannel(port: MessagePortMain): Channel {
  return {
    send: (text) => port.postMessage(text),
    onText: (listener) => {
      port.on('message', ({ data }) => listener(String(data)))
      port.start()
    },
    onClose: (listener) => void port.on('close', listener)
  }
}
