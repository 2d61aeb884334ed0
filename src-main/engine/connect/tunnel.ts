import { request as plainRequest } from 'node:http'
import { Agent, request as secureRequest } from 'node:https'
import { isIP, isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ConnectionOptions, connect } from 'node:tls'
import type { Network } from './network'

/** A proxy that does not let us through. */
export class ProxyRefusal extends Error {
  readonly status: number
  constructor(status: number) {
    super(`the proxy answered ${status}`)
    this.status = status
  }
}

/** A proxy that cannot be reached: the server behind it was never asked. */
export class ProxyUnreached extends Error {
  readonly proxy: URL
  constructor(proxy: URL, cause: Error) {
    super(cause.message, { cause })
    this.proxy = proxy
  }
}

type Ready = (error: Error | null, socket?: Duplex) => void

/** Reaches encrypted servers through a proxy, which sees nothing but their names. */
export class TunnelAgent extends Agent {
  readonly #network: Network & { readonly proxy: URL }

  constructor(network: Network & { readonly proxy: URL }) {
    super({ keepAlive: true, maxSockets: 4 })
    this.#network = network
  }

  override createConnection(options: ConnectionOptions, ready: Ready): undefined {
    const { proxy, proxyAuthorization, ca, timeout } = this.#network
    const { host = '' } = options
    const target = `${isIPv6(host) ? `[${host}]` : host}:${options.port}`
    const send = proxy.protocol === 'https:' ? secureRequest : plainRequest
    const headers = { host: target, ...(proxyAuthorization ? { 'proxy-authorization': proxyAuthorization } : {}) }
    const asking = send(proxy, {
      method: 'CONNECT',
      path: target,
      headers,
      agent: false,
      timeout: timeout * 1000,
      rejectUnauthorized: true
    })
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode !== 200) {
        socket.destroy()
        return ready(new ProxyRefusal(statusCode))
      }
      const secured = connect({
        ...options,
        socket,
        servername: isIP(host) ? '' : host,
        rejectUnauthorized: true,
        ...(ca ? { ca: [...ca] } : {})
      })
      secured.once('secureConnect', () => ready(null, secured))
      secured.once('error', ready)
    })
    asking.once('response', ({ statusCode = 0 }) => ready(new ProxyRefusal(statusCode)))
    asking.once('timeout', () => asking.destroy(Object.assign(new Error('the proxy is silent'), { code: 'ETIMEDOUT' })))
    asking.once('error', (error) => ready(new ProxyUnreached(proxy, error)))
    asking.end()
  }
}
