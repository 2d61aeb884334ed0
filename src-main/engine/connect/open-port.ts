import type { Server } from 'node:https'
import { AppError } from '../../contract/errors'
import type { Listening } from './listening'

const mostSockets = 32

/** Opens the port; what is in the way is said. */
export function openPort(server: Server, { host, port }: Listening): Promise<void> {
  server.maxConnections = mostSockets
  // Who keeps a connection without sending must not keep others out.
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function portFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Something else listens at ${host}, port ${port} already. End that, or give another port in the connection.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Give one it has, or 127.0.0.1, in the connection.`,
    ENOTFOUND: `This machine has no address ${host}. Give one it has, or 127.0.0.1, in the connection.`,
    EACCES: `The operating system does not let us listen at port ${port}. Give one above 1023 in the connection.`
  }
  const sentence = sentences[error.code ?? '']
  return sentence === undefined ? error : new AppError('unreachable', sentence, { step: 'connection' })
}
