import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A request as a stand-in for a product sees it. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly json: () => Record<string, unknown>
  readonly form: () => URLSearchParams
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown
  /** Ends the connection after so many bytes of the body; 0: before anything is said. */
  readonly cutAfter?: number
  /** Milliseconds before it answers. */
  readonly after?: number
}

/** Thrown by a handler for a request that the real product would refuse. */
export class Refused extends Error {
  readonly reply: Reply
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`)
    this.reply = { status, body, headers }
  }
}

export type Handler = (asked: Asked) => Reply | Promise<Reply>

/** What goes wrong on purpose: looked at before the handler, for every request by its number from 1. */
export type Trouble = (number: number, asked: Asked) => Reply | undefined

export interface StandIn {
  readonly url: string
  readonly port: number
  /** Every request there was, those it refused too. */
  readonly requests: Asked[]
  trouble: Trouble | undefined
  close(): Promise<void>
}

const mostRequests = 100_000
const mostSeconds = 600

/** Serves a handler on 127.0.0.1, bounded in requests and time, so that nothing forgotten runs on. */
export async function standIn(
  handler: Handler,
  tls?: { readonly key: string; readonly cert: string },
  /** Without it no answer has the header Date. */
  dated = true
): Promise<StandIn> {
  const requests: Asked[] = []
  const made: { trouble: Trouble | undefined } = { trouble: undefined }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await read(request)
    requests.push(asked)
    if (requests.length > mostRequests) return void response.destroy()
    const reply = made.trouble?.(requests.length, asked) ?? (await handled(handler, asked))
    if (reply.after) await new Promise((resolve) => setTimeout(resolve, reply.after))
    send(response, reply)
  }
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    response.sendDate = dated
    void answer(request, response).catch((error: unknown) =>
      send(response, { status: 500, body: { error: String(error) } })
    )
  }
  const server: Server = tls ? createSecureServer(tls, listen) : createServer(listen)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      clearTimeout(ends)
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const ends = setTimeout(() => void close(), mostSeconds * 1000)
  ends.unref()
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    close,
    get trouble() {
      return made.trouble
    },
    set trouble(trouble) {
      made.trouble = trouble
    }
  }
}

async function handled(handler: Handler, asked: Asked): Promise<Reply> {
  try {
    return await handler(asked)
  } catch (error) {
    if (error instanceof Refused) return error.reply
    throw error
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    json: () => {
      try {
        return JSON.parse(body) as Record<string, unknown>
      } catch {
        throw new Refused(400, { error: 'the body is no JSON' })
      }
    },
    form: () => new URLSearchParams(body)
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body, cutAfter }: Reply): void {
  if (cutAfter === 0) return void response.destroy()
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  const bytes = Buffer.from(text)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers })
  if (cutAfter === undefined) response.end(bytes)
  else response.write(bytes.subarray(0, cutAfter), () => response.destroy())
}
