import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions
} from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { AppError } from '../../contract/errors'
import type { Outgoing } from './fill-request'
import { type Network, refuseForeign } from './network'
import { ProxyUnreached, TunnelAgent } from './tunnel'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Decoded, where it came compressed. */
  readonly body: Buffer
  readonly encoding?: string
}

/** More than one answer may hold: no page of events is so long. */
const mostBytes = 256 << 20

/** The only place of the application that opens a connection to another machine. */
export class Line {
  readonly #network: Network
  readonly #plain: Agent
  readonly #secure: SecureAgent

  constructor(network: Network) {
    this.#network = network
    const { proxy, ca } = network
    const keep = { keepAlive: true, maxSockets: 4 }
    this.#plain = new Agent(keep)
    // Said, so that no variable of the environment switches it off.
    const sure = { rejectUnauthorized: true }
    this.#secure = proxy
      ? new TunnelAgent({ ...network, proxy })
      : new SecureAgent({ ...keep, ...sure, ...(ca ? { ca: [...ca] } : {}) })
  }

  /** Sends a request to a host of this connection. No redirect is followed: its answer is the answer. */
  async send(outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
    const url = new URL(outgoing.url)
    refuseForeign(url, this.#network)
    signal.throwIfAborted()
    return this.#once(url, outgoing, signal)
  }

  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }

  #once(url: URL, { method, headers, body }: Outgoing, signal: AbortSignal): Promise<Answer> {
    const { proxy, proxyAuthorization, timeout } = this.#network
    const secure = url.protocol === 'https:'
    const options: RequestOptions = {
      method,
      signal,
      agent: secure ? this.#secure : this.#plain,
      headers: {
        'user-agent': 'Spoor',
        'accept-encoding': 'gzip, deflate, br',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) })
      }
    }
    return new Promise((resolve, reject) => {
      const asking =
        secure || !proxy
          ? (secure ? secureRequest : plainRequest)(url, options)
          : plainRequest(proxy, {
              ...options,
              path: url.href,
              headers: proxied(options.headers, url, proxyAuthorization)
            })
      const silent = setTimeout(() => asking.destroy(timedOut(timeout)), timeout * 1000)
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(silent)
        // A connection that was kept may have been closed by the server while the request was on its way.
        if (asking.reusedSocket) reject(Object.assign(error, { reused: true }))
        else reject(proxy && !secure && isOnTheWay(error) ? new ProxyUnreached(proxy, error) : error)
      }
      asking.once('error', fail)
      asking.once('response', (response) => {
        received(response, () => silent.refresh()).then(
          (answer) => {
            clearTimeout(silent)
            resolve(answer)
          },
          (error: Error) => {
            asking.destroy()
            fail(error)
          }
        )
      })
      asking.end(body)
    })
  }
}

/** It came about before there was a connection. */
const isOnTheWay = ({ syscall = '' }: NodeJS.ErrnoException): boolean => ['getaddrinfo', 'connect'].includes(syscall)

const timedOut = (seconds: number): Error =>
  Object.assign(new Error(`no byte came in ${seconds} seconds`), { code: 'ETIMEDOUT' })

const proxied = (headers: RequestOptions['headers'], url: URL, authorization?: string) => ({
  ...(headers as Record<string, string>),
  host: url.host,
  ...(authorization ? { 'proxy-authorization': authorization } : {})
})

function received(response: IncomingMessage, alive: () => void): Promise<Answer> {
  const encoding = response.headers['content-encoding']
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve, reject) => {
    const stream = decoded(response, encoding)
    // Bytes that are still packed are a sign of life too.
    if (stream !== response) response.on('data', alive)
    stream.on('data', (chunk: Buffer) => {
      alive()
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > mostBytes) stream.destroy(tooLong())
    })
    stream.once('error', reject)
    stream.once('close', () => reject(cutOff()))
    stream.once('end', () => {
      if (!response.complete) return reject(cutOff())
      const answer = { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }
      resolve(encoding ? { ...answer, encoding } : answer)
    })
  })
}

const cutOff = (): Error => Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' })

const tooLong = (): AppError =>
  new AppError(
    'answer_refused',
    `One answer has more than ${mostBytes >> 20} MiB. Ask for fewer events a request (in the connection's settings).`
  )

function decoded(response: IncomingMessage, encoding: string | undefined): Readable {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return piped(response, createGunzip())
    case 'deflate':
      return piped(response, createInflate())
    case 'br':
      return piped(response, createBrotliDecompress())
    default:
      return response
  }
}

function piped(response: IncomingMessage, into: ReturnType<typeof createGunzip>): Readable {
  response.once('error', (error) => into.destroy(error))
  return response.pipe(into)
}
