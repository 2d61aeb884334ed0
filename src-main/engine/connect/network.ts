import { rootCertificates } from 'node:tls'
import type { Settings } from '../../contract/connect'
import type { SettingSchema } from '../../contract/connector'
import { AppError } from '../../contract/errors'

/** How a connection goes out: to which hosts alone, by which way, trusting whom. */
export interface Network {
  /** `host` or `host:port`, as an address has them. */
  readonly hosts: ReadonlySet<string>
  /** The same with how they are asked, as `https://host:port`: only so are they. */
  readonly origins: ReadonlySet<string>
  readonly unencrypted: boolean
  readonly ca?: readonly string[]
  readonly proxy?: URL
  /** The header that shows a proxy who asks. */
  readonly proxyAuthorization?: string
  /** Seconds without a byte. */
  readonly timeout: number
}

/** What every connection can be told, behind its connector's own settings. */
export const networkSettings: Readonly<Record<string, SettingSchema>> = {
  ca: {
    type: 'string',
    format: 'textarea',
    title: 'Certificate authority',
    description: 'A certificate in PEM that is trusted beside the usual ones, where the server has one of your own.'
  },
  proxy: {
    type: 'string',
    title: 'Proxy',
    description:
      'The address of an HTTP proxy, such as http://proxy.example:3128. Without one the server is asked directly.'
  },
  proxyUser: { type: 'string', title: 'User at the proxy' },
  proxyPassword: { type: 'string', format: 'password', title: 'Password at the proxy' },
  timeout: {
    type: 'integer',
    minimum: 1,
    maximum: 600,
    default: 60,
    title: 'Seconds to wait',
    description: 'After so many seconds without a byte a request is made once more.'
  },
  size: {
    type: 'integer',
    minimum: 1,
    title: 'Events a request',
    description: 'How many events are asked for at once; what suits the product unless told.'
  },
  unencrypted: {
    type: 'boolean',
    format: 'checkbox',
    default: false,
    title: 'Allow unencrypted HTTP',
    description: 'Sends secrets readable for everyone on the way. This machine itself is asked over HTTP without it.'
  }
}

const local = /^(localhost|127(\.\d+){3}|\[::1\])$/

export function networkOf(
  settings: Settings,
  secret: (name: string) => string | undefined,
  origins: readonly string[]
): Network {
  const { ca, proxy, proxyUser, timeout, unencrypted } = settings
  const password = secret('proxyPassword')
  return {
    hosts: new Set(origins.map((origin) => new URL(origin).host)),
    origins: new Set(origins),
    unencrypted: unencrypted === true,
    timeout: typeof timeout === 'number' ? timeout : 60,
    ...(typeof ca === 'string' && ca.trim() ? { ca: [...rootCertificates, pem(ca)] } : {}),
    ...(typeof proxy === 'string' && proxy.trim() ? { proxy: proxyOf(proxy.trim()) } : {}),
    ...(typeof proxyUser === 'string' && proxyUser
      ? { proxyAuthorization: `Basic ${Buffer.from(`${proxyUser}:${password ?? ''}`).toString('base64')}` }
      : {})
  }
}

/** Refuses an address that this connection may not contact. */
export function refuseForeign(url: URL, { hosts, origins, unencrypted }: Network): void {
  if (!origins.has(url.origin)) {
    const [named, own] = hosts.has(url.host) ? [url.origin, origins] : [url.host, hosts]
    const sentence = `The server names ${named}, but this connection may contact ${[...own].join(', ')} only. Nothing was sent there.`
    throw new AppError('host_refused', sentence)
  }
  if (url.username || url.password) {
    const sentence = `The server names an address of ${url.host} with a user or a password in it. Nothing was sent there.`
    throw new AppError('host_refused', sentence)
  }
  if (url.protocol === 'http:' && !unencrypted && !local.test(url.hostname)) {
    const sentence = `${url.host} would be asked over unencrypted HTTP, and everyone on the way could read the secret. Use https://, or allow unencrypted HTTP in the connection.`
    throw new AppError('host_refused', sentence)
  }
}

function pem(text: string): string {
  if (/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text)) return text
  const sentence = 'The certificate authority is no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----.'
  throw new AppError('settings_invalid', sentence)
}

function proxyOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:')
    throw new AppError(
      'settings_invalid',
      `${url.host}: a proxy is asked over http:// only. What goes through it to an https:// server is encrypted all the way.`
    )
  if (url?.protocol !== 'http:')
    throw new AppError('settings_invalid', `${text} is no address of a proxy, such as http://proxy.example:3128.`)
  if (url.username || url.password)
    throw new AppError(
      'settings_invalid',
      'User and password of the proxy have fields of their own, so that the password is kept as a secret.'
    )
  return url
}
