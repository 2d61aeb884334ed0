import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Connection, ConnectionDraft, ConnectorInfo, Settings } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import { type Connected, connect, defaultsOf, originsOf, streamsOf } from './connected'
import type { Connectors } from './connectors'
import { deliveries, listenAddress } from './listening'
import { hasTexts, isRecordOf, readPrivate, writePrivate } from './private-file'
import { refuseCredentialsIn } from './refuse-credentials'
import { withoutSecrets } from './secrets-in'
import { type Identity, isGoodFor, selfSigned } from './self-signed'
import { checkSettings } from './settings-check'
import { chosen, valuesOf } from './template'
import type { Vault } from './vault'

interface Stored {
  readonly id: string
  readonly name: string
  readonly connector: string
  readonly settings: Settings
}

/** The products that the analyst connected, in a file of the home folder; their secrets are in the vault. */
export class Connections {
  readonly #file: string
  readonly #certificates: string
  readonly #connectors: Connectors
  readonly #vault: Vault

  constructor(home: string, connectors: Connectors, vault: Vault) {
    this.#file = join(home, 'connections.json')
    this.#certificates = join(home, 'certificates.json')
    this.#connectors = connectors
    this.#vault = vault
  }

  async list(): Promise<Connection[]> {
    const infos = new Map((await this.#connectors.list()).map((one) => [one.id, one]))
    return Promise.all(this.#stored().map((one) => this.#connection(one, infos.get(one.connector))))
  }

  async get(id: string): Promise<Connection> {
    const all = await this.list()
    const found = all.find((one) => one.id === id) ?? all.find((one) => one.name === id)
    if (found) return found
    const known = all.length ? `There are: ${all.map((one) => one.id).join(', ')}.` : 'There is none yet.'
    throw new AppError('connection_unknown', `There is no connection “${id}”. ${known}`)
  }

  /** Keeps a connection: a new one, or another state of one there is. */
  async save(draft: ConnectionDraft): Promise<Connection> {
    const info = await this.#info(draft.connector)
    const settings = withoutSecrets(draft.settings, info.settings)
    checkSettings(info, settings)
    refuseCredentialsIn(settings)
    const name = draft.name.trim() || info.title
    const stored = this.#stored()
    if (draft.id !== undefined && !stored.some(({ id }) => id === draft.id)) await this.get(draft.id)
    const id = draft.id ?? freeId(name, stored)
    const ways = await this.#ways(draft.connector, settings)
    // Secrets first: without them the connection would be of no use, and a locked vault says so before anything changed.
    for (const [secret, value] of Object.entries(draft.secrets ?? {})) {
      if (!info.secrets.includes(secret))
        throw new AppError(
          'settings_invalid',
          `${info.title} has no secret “${secret}”. Its secrets are: ${info.secrets.join(', ')}.`
        )
      if (value === null || value === '') this.#vault.forget(id, secret)
      else await this.#vault.set(id, secret, value, ways)
    }
    // Those that were given for another place are given again, if they are to go here.
    for (const secret of info.secrets) if (this.#vault.isForOthers(id, secret, ways)) this.#vault.forget(id, secret)
    const one = { id, name, connector: draft.connector, settings }
    const at = stored.findIndex((other) => other.id === id)
    writePrivate(this.#file, { connections: at < 0 ? [...stored, one] : stored.with(at, one) })
    return this.get(id)
  }

  async remove(id: string): Promise<void> {
    const { id: found } = await this.get(id)
    this.#vault.forget(found)
    const { [found]: own, ...others } = this.#identities()
    if (own) writePrivate(this.#certificates, others)
    writePrivate(this.#file, { connections: this.#stored().filter((one) => one.id !== found) })
  }

  /** Makes a connection ready to ask: one there is, or a draft of it. */
  async ready(draft: Connection | ConnectionDraft): Promise<Connected> {
    const info = await this.#info(draft.connector)
    checkSettings(info, draft.settings)
    const connector = await this.#connectors.get(draft.connector)
    const given: Readonly<Record<string, unknown>> = draft.secrets ?? {}
    const isDraft = (draft as Connection).hosts === undefined
    const secrets: Record<string, string> = {}
    const ways = await this.#ways(draft.connector, draft.settings)
    for (const name of info.secrets) {
      const typed = isDraft ? given[name] : undefined
      const value =
        typeof typed === 'string' && typed
          ? typed
          : typed === null || draft.id === undefined
            ? undefined
            : await this.#vault.get(draft.id, name, ways)
      if (value !== undefined) secrets[name] = value
    }
    const own = (hosts: readonly string[]) =>
      isDraft || draft.id === undefined ? selfSigned(hosts, new Date()) : this.#certificate(draft.id, hosts)
    const connected = connect(connector, withoutSecrets(draft.settings, info.settings), secrets, own)
    // Said last: settings that lead nowhere have their own sentence.
    const astray = info.secrets.find(
      (name) => !(name in secrets) && given[name] !== null && this.#vault.isForOthers(draft.id ?? '', name, ways)
    )
    if (astray === undefined) return connected
    const sentence = `The secret “${astray}” of ${draft.name} was given for another server, proxy or certificate authority than the connection has now, and is not sent there. Give it anew in the connection.`
    throw new AppError('secret_missing', sentence)
  }

  /** Where settings lead to, by which proxy, and whom they trust: a secret that was given for these goes to no others. */
  async #ways(id: string, settings: Settings): Promise<readonly string[]> {
    try {
      const connector = await this.#connectors.get(id)
      const values = valuesOf(settings, defaultsOf(connector))
      const streams = streamsOf(connector, settings, values)
      const origins = originsOf(connector, streams, chosen(connector.auth, values), values)
      const { proxy = '', ca } = settings
      const trusted = typeof ca === 'string' && ca.trim() ? [`trusting ${digestOf(ca)}`] : []
      return [...origins, `by ${proxy}`, ...trusted]
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // To nowhere that could be asked, and so to nowhere that a secret was given for.
      return [`nowhere: ${error.message}`]
    }
  }

  /** The certificate that a connection made itself: always the same, so that a sender who trusts it goes on to. */
  #certificate(id: string, hosts: readonly string[]): Identity {
    const kept = this.#identities()
    const held = kept[id]
    if (held && isGoodFor(held, hosts)) return held
    const made = selfSigned(hosts, new Date())
    writePrivate(this.#certificates, { ...kept, [id]: made })
    return made
  }

  #identities(): Readonly<Record<string, Identity>> {
    const isIdentity = (one: unknown) => hasTexts(one, 'certificate', 'key')
    return readPrivate(this.#certificates, {}, (value) => isRecordOf(value, isIdentity))
  }

  async #info(id: string): Promise<ConnectorInfo> {
    const found = (await this.#connectors.list()).find((one) => one.id === id)
    if (found && !found.fault) return found
    await this.#connectors.get(id)
    throw new AppError('connector_unknown', `There is no connector “${id}”.`)
  }

  async #connection(one: Stored, info: ConnectorInfo | undefined): Promise<Connection> {
    const ways = await this.#ways(one.connector, one.settings)
    const places = (info?.secrets ?? []).map((name) => [name, this.#vault.place(one.id, name, ways)])
    const secrets = Object.fromEntries(places)
    try {
      if (!info) throw new AppError('connector_unknown', `Its connector “${one.connector}” is not there any more.`)
      checkSettings(info, one.settings)
      const connector = await this.#connectors.get(one.connector)
      const values = valuesOf(one.settings, defaultsOf(connector))
      const streams = streamsOf(connector, one.settings, values)
      const titles = Object.entries(streams).map(([stream, { title }]) => ({ name: stream, title }))
      const origins = originsOf(connector, streams, chosen(connector.auth, values), values)
      const hosts = [...new Set(origins.map((origin) => new URL(origin).host))]
      const { receive } = connector
      if (!receive) return { ...one, secrets, hosts, streams: titles }
      const { url } = listenAddress(values)
      const own = one.settings['certificate'] === undefined ? this.#identities()[one.id] : undefined
      const listens = { listens: url, ...(own ? { certificate: own.certificate } : {}) }
      return { ...one, secrets, hosts, streams: [{ name: deliveries, title: receive.title }], ...listens }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ...one, secrets, hosts: [], streams: [], fault: error.message }
    }
  }

  #stored(): readonly Stored[] {
    return readPrivate<{ connections: readonly Stored[] }>(this.#file, { connections: [] }, areStored).connections
  }
}

const areStored = (value: unknown): boolean =>
  isRecordOf(value, () => true) &&
  Array.isArray(value['connections']) &&
  value['connections'].every(
    (one) => hasTexts(one, 'id', 'name', 'connector') && isRecordOf((one as Stored).settings, () => true)
  )

const digestOf = (ca: string): string => createHash('sha256').update(ca.replaceAll(/\s+/g, '')).digest('hex')

/** A name as it can be typed: `Keycloak (production)` is keycloak-production. */
function freeId(name: string, stored: readonly Stored[]): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'connection'
  for (let number = 1; ; number++) {
    const id = number === 1 ? plain : `${plain}-${number}`
    if (!stored.some((one) => one.id === id)) return id
  }
}
