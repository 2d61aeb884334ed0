import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface Proxy {
  readonly url: string
  /** What went through it: `CONNECT host:port`, `GET http://…`. */
  readonly asked: string[]
  close(): Promise<void>
}

/** An HTTP proxy on 127.0.0.1: tunnels to encrypted servers, hands on requests to others; where told, only for who has the password. */
export async function proxy(password?: string): Promise<Proxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const admitted = ({ headers }: IncomingMessage) =>
    password === undefined ||
    headers['proxy-authorization'] === `Basic ${Buffer.from(`auditor:${password}`).toString('base64')}`
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    if (!admitted(incoming)) return void response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end()
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const onwards = request(incoming.url ?? '', { method: incoming.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onwards.on('error', () => response.destroy())
    incoming.pipe(onwards)
  })
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`)
    sockets.add(socket)
    if (!admitted(incoming))
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n')
    const [host = '', port = ''] = (incoming.url ?? '').split(':')
    const onwards = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onwards.pipe(socket).pipe(onwards)
    })
    sockets.add(onwards)
    onwards.on('error', () => socket.destroy())
    socket.on('error', () => onwards.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close }
}
