import type { Settings } from '../../contract/connect'
import type { Auth, Connector, Stream } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { addressOf } from './fill-request'
import { Hidden } from './hidden'
import { Line } from './line'
import { type Listening, listeningOf } from './listening'
import { type Network, networkOf } from './network'
import { type Identity, selfSigned } from './self-signed'
import { chosen, holds, type Values, valuesOf } from './template'
import { typedStream } from './typed-stream'

/** A connector with the settings of one connection: what it takes to ask. */
export interface Connected {
  readonly connector: Connector
  readonly values: Values
  readonly auth: Auth
  /** The streams that there are with these settings. */
  readonly streams: Readonly<Record<string, Stream>>
  readonly network: Network
  readonly hidden: Hidden
  readonly line: Line
  /** Where it listens, if it is sent its events. */
  readonly listening?: Listening
}

/** Secrets by their paths. */
export type Secrets = (path: string) => string | undefined

/** Makes ready to ask; nothing is sent. */
export function connect(
  connector: Connector,
  settings: Settings,
  secrets: Readonly<Record<string, string>>,
  /** A certificate of its own for who listens and was given none. */
  own: (hosts: readonly string[]) => Identity = (hosts) => selfSigned(hosts, new Date())
): Connected {
  const hidden = new Hidden()
  for (const secret of Object.values(secrets)) hidden.add(secret)
  const values = valuesOf(secrets, settings, defaultsOf(connector))
  const auth = chosen(connector.auth, values)
  if (!auth) throw new AppError('settings_invalid', `${connector.title}: no way to sign in fits these settings.`)
  const streams = streamsOf(connector, settings, values)
  const network = networkOf(settings, (name) => secrets[name], originsOf(connector, streams, auth, values))
  if (network.proxyAuthorization) hidden.add(network.proxyAuthorization.slice('Basic '.length))
  const listening = listeningOf(connector, values, own)
  if (listening) hidden.add(Buffer.from(`${listening.user}:${listening.password}`).toString('base64'))
  const line = new Line(network)
  return { connector, values, auth, streams, network, hidden, line, ...(listening ? { listening } : {}) }
}

/** The hosts that a connection contacts, and how: those its settings lead to, never one that an answer names. */
export function originsOf(
  connector: Connector,
  streams: Readonly<Record<string, Stream>>,
  auth: Auth | undefined,
  values: Values
): readonly string[] {
  const further = Object.values(streams).flatMap(({ paging }) =>
    [paging].flat().flatMap((one) => (one.kind === 'last' && one.request ? [one.request.url] : []))
  )
  const asked = [...Object.values(streams), ...(connector.checks ?? [])].map(({ request }) => request.url)
  const requests = [...asked, ...further]
  const addresses = requests.map((url) => addressOf(withoutPaging(url), values))
  if (auth?.kind === 'oauth2' || auth?.kind === 'google') addresses.push(addressOf(auth.url, values))
  return [...new Set(addresses.map((address) => new URL(address).origin))]
}

/** What a request asks for is no part of where it goes. */
const withoutPaging = (url: string): string => url.replaceAll(/\{(cursor|offset|page|size|since|until)\}/g, '0')

export function streamsOf(
  { streams }: Connector,
  settings: Settings,
  values: Values
): Readonly<Record<string, Stream>> {
  if (typeof streams === 'string') return { events: typedStream(settings[streams]) }
  return Object.fromEntries(Object.entries(streams).filter(([, { when }]) => holds(when, values)))
}

/** What settings are unless told. */
export function defaultsOf({ settings }: Pick<Connector, 'settings'>): Settings {
  const given = Object.entries(settings.properties).filter(([, setting]) => setting.default !== undefined)
  return Object.fromEntries(given.map(([name, setting]) => [name, setting.default]))
}
