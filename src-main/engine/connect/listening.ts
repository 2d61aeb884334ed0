import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { hostname } from 'node:os'
import type { Connector, SettingSchema } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import type { Identity } from './self-signed'
import { fill, type Values } from './template'

/** The name of the only stream there is of a connection that is sent its events. */
export const deliveries = 'deliveries'

/** Where a connection that is sent its events listens, and who may send. */
export interface Listening extends Identity {
  readonly host: string
  readonly port: number
  readonly path: string
  /** What the sender is told. */
  readonly url: string
  readonly user: string
  readonly password: string
  /** Whether nobody but ourselves signed the certificate. */
  readonly isOwn: boolean
}

const leastPassword = 12

/** What every connection that listens can be told, behind its connector's own settings. */
export const listenSettings: Readonly<Record<string, SettingSchema>> = {
  host: {
    type: 'string',
    title: 'Listen at',
    default: '127.0.0.1',
    description:
      'An address of this machine. 127.0.0.1 is reached from this machine alone, so by a tunnel or a proxy on it; 0.0.0.0 from everywhere.'
  },
  port: { type: 'integer', minimum: 1, maximum: 65_535, default: 8443, title: 'Port' },
  path: { type: 'string', pattern: '^/[A-Za-z0-9/_.-]*$', default: '/events', title: 'Path' },
  name: {
    type: 'string',
    title: 'Name from outside',
    description: 'The host name that the sender calls, where it is another one: events.example.com'
  },
  certificate: {
    type: 'string',
    format: 'textarea',
    title: 'Certificate',
    description: 'In PEM, with those of its authority. Without one Spoor makes its own, which the sender has to trust.'
  },
  key: { type: 'string', format: 'password', title: 'Key of the certificate', description: 'In PEM.' }
}

/** Makes ready to listen; `own` gives a certificate for so many names where the connection has none. */
export function listeningOf(
  { receive }: Connector,
  values: Values,
  own: (hosts: readonly string[]) => Identity
): Listening | undefined {
  if (!receive) return undefined
  const { host, port, path, name, url } = listenAddress(values)
  const [user, password] = [fill(receive.user, values), fill(receive.password, values)]
  if (!user || !password)
    throw new AppError(
      'secret_missing',
      'User and password are missing, which the sender shows. Give them in the connection.'
    )
  if (password.length < leastPassword)
    throw new AppError(
      'settings_invalid',
      `The password has fewer than ${leastPassword} characters: who reaches the address could guess it. Give a longer one.`
    )
  const given = values('certificate')
  const isOwn = typeof given !== 'string'
  const identity = isOwn ? own([...new Set([name, host, 'localhost'])]) : identityOf(given, values('key'))
  return { host, port, path, url, user, password, isOwn, ...identity }
}

/** Where a connection with these settings listens, and how it is called from outside. */
export function listenAddress(values: Values) {
  const said = (name: string) => String(values(name) ?? listenSettings[name]?.default ?? '')
  const [host, port, path] = [said('host'), Number(said('port')), said('path')]
  const name = said('name') || (isEverywhere(host) ? hostname() : host)
  const url = `https://${name.includes(':') ? `[${name}]` : name}${port === 443 ? '' : `:${port}`}${path}`
  return { host, port, path, name, url }
}

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'

function identityOf(certificate: string, key: unknown): Identity {
  if (typeof key !== 'string')
    throw new AppError('secret_missing', 'The certificate lacks its key. Give it in the connection.')
  const made = { certificate: lined(certificate), key: lined(key) }
  let fits: boolean
  try {
    fits = new X509Certificate(made.certificate).checkPrivateKey(createPrivateKey(made.key))
  } catch {
    throw new AppError(
      'settings_invalid',
      'Certificate and key are wanted in PEM: they begin with -----BEGIN CERTIFICATE----- and -----BEGIN PRIVATE KEY-----.'
    )
  }
  if (!fits) throw new AppError('settings_invalid', 'The key is not that of the certificate.')
  return made
}

/** PEM whose lines were run together on their way through a form: its frame stands on lines of its own. */
const lined = (text: string): string =>
  text.replaceAll(
    /(-----BEGIN [A-Z ]+-----)\s*([^-]+?)\s*(-----END [A-Z ]+-----)\s*/g,
    (_, begin, body: string, end) => {
      const lines = body.replaceAll(/\s+/g, '').match(/.{1,64}/g) ?? []
      return `${begin}\n${lines.join('\n')}\n${end}\n`
    }
  )

/** What a sender that trusts one certificate alone is told: its SHA-256. */
export const fingerprintOf = (certificate: string): string =>
  (createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex').match(/../g) ?? []).join(':')
