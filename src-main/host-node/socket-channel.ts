import type { WebSocket } from 'ws'
import type { Channel } from '../contract/wire'

/** A client at the far end of a WebSocket. */
export const socketChannel = (socket: WebSocket): Channel => ({
  send: (text) => socket.send(text),
  onText: (listener) => {
    socket.on('message', (data) => listener(String(data)))
  },
  onClose: (listener) => {
    // A broken socket closes, and says so once more as an error.
    socket.on('error', () => socket.terminate())
    socket.on('close', listener)
  }
})
