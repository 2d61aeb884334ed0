import type { MessageEvent, ParentPort } from 'electron'
import type { MessagePortMain } from 'electron/main'
import type { Channel } from '../contract/wire'
import { createEngine } from '../engine/engine'
import { serve } from '../engine/serve'
import { KeychainPort } from './keychain-port'

// Runs in a utilityProcess: the parent sends nothing but ports, those of clients and that of the keychain.
const { SPOOR_HOME: home, SPOOR_RESOURCES: resources, SPOOR_VERSION: version, SPOOR_KEYCHAIN: has } = process.env
if (!home || !resources || !version) throw new Error('The engine process was not told where it is.')

const keychain = new KeychainPort()
const served = serve((events) => createEngine({ home, resources, version, events, ...(has ? { keychain } : {}) }))
const parent = (process as NodeJS.Process & { parentPort: ParentPort }).parentPort
parent.on('message', ({ data, ports }: MessageEvent) => {
  for (const port of ports)
    if (data === 'keychain') keychain.connect(port)
    else served.connect(portChannel(port))
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
