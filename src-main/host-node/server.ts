import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { errorData } from '../contract/errors'
import type { HostCommand } from '../contract/host'
import { pageHeaders } from '../contract/page-policy'
import type { Served } from '../engine/serve'
import { Admission } from './admission'
import type { Pages } from './pages'
import { socketChannel } from './socket-channel'
import type { Spool } from './spool'

export interface LoopbackHost {
  readonly port: number
  /** An address that opens the application once. */
  newAddress(): string
  close(): Promise<void>
}

interface Options {
  readonly served: Served
  readonly pages: Pages
  readonly spool: Spool
  /** 0: any free port. */
  readonly port: number
  /** What the page shall do first. */
  readonly commands: HostCommand[]
}

/** The application for a browser on this machine: on 127.0.0.1 only, for who holds the address it gives out. */
export async function startServer({ served, pages, spool, port, commands }: Options): Promise<LoopbackHost> {
  const admission = new Admission()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!admission.isOwnHost(request)) return refuse(response, 421, 'This address is not served here.')
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const token = url.pathname === '/' && request.method === 'GET' ? url.searchParams.get('token') : null
    if (token !== null) {
      const cookie = admission.exchange(token)
      if (!cookie && !admission.hasCookie(request)) return refuse(response, 401, usedAddress)
      return enter(response, cookie)
    }
    if (!admission.hasCookie(request)) return refuse(response, 401, usedAddress)
    if (request.method === 'GET' || request.method === 'HEAD') return sendPage(pages, request, response)
    if (!admission.isOwnOrigin(request)) return refuse(response, 403, 'Only the application itself may do this.')
    if (request.method === 'POST' && url.pathname === '/upload') return receive(spool, url, request, response)
    if (request.method === 'POST' && url.pathname === '/commands') return sendJson(response, 200, commands.splice(0))
    return refuse(response, 405, 'Not possible.')
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, errorData(error))
    })
  })
  // A file of some hundred gigabytes takes longer to arrive than the five minutes that are the default.
  server.requestTimeout = 0
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused = admission.isOwnHost(request)
      ? request.url !== '/engine'
        ? '404 Not Found'
        : !admission.hasCookie(request)
          ? '401 Unauthorized'
          : !admission.isOwnOrigin(request) && '403 Forbidden'
      : '421 Misdirected Request'
    if (refused) return void socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\n\r\n`)
    sockets.handleUpgrade(request, socket, head, (client) => served.connect(socketChannel(client)))
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const listening = (server.address() as AddressInfo).port
  admission.port = listening
  return {
    port: listening,
    newAddress: () => `http://127.0.0.1:${listening}/?token=${admission.newToken()}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      // A socket that is being opened just now would keep the server from ever closing.
      server.removeAllListeners('upgrade').on('upgrade', (_request, socket: Duplex) => socket.destroy())
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await closed
      spool.close()
    }
  }
}

const usedAddress = 'This address was used already, or is none. Start Spoor again to get a new one.'

/** The page then asks for itself: a Strict cookie is not sent on a redirect that began at another site, such as a mail or a file. */
function enter(response: ServerResponse, cookie: string | null): void {
  response.writeHead(200, {
    ...pageHeaders,
    ...(cookie && { 'Set-Cookie': cookie }),
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store'
  })
  response.end(
    '<!doctype html><meta http-equiv="refresh" content="0; url=/"><link rel="icon" href="data:,"><title>Spoor</title>'
  )
}

async function sendPage(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const page = await pages(request.url ?? '/')
  if (!page) return refuse(response, 404, 'There is no such page.')
  response.writeHead(200, page.headers)
  if (request.method === 'HEAD') {
    page.body.destroy()
    response.end()
  } else {
    page.body.on('error', () => response.destroy())
    page.body.pipe(response)
  }
}

async function receive(spool: Spool, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = await spool.keep(url.searchParams.get('name') ?? '', request, Number(url.searchParams.get('modified')))
  sendJson(response, 200, { path })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  const headers = { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  // What is still being sent is not read, so the connection cannot be used again.
  response.writeHead(status, { ...headers, Connection: 'close' })
  response.end(sentence)
}
