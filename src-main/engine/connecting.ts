import type { Connection, ConnectionDraft, Diagnosis } from '../contract/connect'
import { AppError, type ErrorCode } from '../contract/errors'
import { Connections } from './connect/connections'
import { Connectors } from './connect/connectors'
import { diagnose } from './connect/diagnose'
import { requestText } from './connect/request-text'
import type { Keychain } from './connect/sealer'
import { Vault } from './connect/vault'

/** The requests of a test, for the chain of custody of the case that is open. */
export interface Tested {
  readonly connection?: string
  readonly name: string
  readonly hosts: readonly string[]
  readonly requests: readonly string[]
}

const isOfSettings: ReadonlySet<ErrorCode> = new Set(['settings_invalid', 'secret_missing'])

/** What can be connected to, what is, and the secrets that it takes: the same whatever case is open. */
export class Connecting {
  readonly connectors: Connectors
  readonly connections: Connections
  readonly vault: Vault
  readonly #clock: () => Date
  readonly #testing = new Map<string, AbortController>()

  constructor(
    { home, resources, keychain }: { readonly home: string; readonly resources: string; readonly keychain?: Keychain },
    clock: () => Date
  ) {
    this.connectors = new Connectors(resources, home)
    this.vault = new Vault(home, keychain)
    this.connections = new Connections(home, this.connectors, this.vault)
    this.#clock = clock
  }

  /** Looks whether a connection would do; of one that cannot even be asked, says why. `told`: what was asked, however it ended. */
  async test(
    on: string | ConnectionDraft,
    ticket: string | undefined,
    told: (tested: Tested) => Promise<void>
  ): Promise<Diagnosis> {
    const canceler = new AbortController()
    if (ticket !== undefined) this.#testing.set(ticket, canceler)
    const requests: string[] = []
    let asked: Omit<Tested, 'requests'> | undefined
    try {
      const draft: Connection | ConnectionDraft = typeof on === 'string' ? await this.connections.get(on) : on
      const connected = await this.connections.ready(draft)
      asked = {
        ...(draft.id === undefined ? {} : { connection: draft.id }),
        name: draft.name,
        hosts: [...connected.network.hosts]
      }
      return await diagnose(
        connected,
        canceler.signal,
        () => this.#clock().getTime(),
        (request) => requests.push(requestText(request))
      )
    } catch (error) {
      if (!(error instanceof AppError) || !isOfSettings.has(error.code)) throw error
      return {
        ok: false,
        steps: [{ what: 'settings', state: 'failed', sentence: error.message }],
        requests: 0,
        seconds: 0
      }
    } finally {
      if (ticket !== undefined) this.#testing.delete(ticket)
      if (asked && requests.length) await told({ ...asked, requests })
    }
  }

  cancel(ticket: string): void {
    this.#testing.get(ticket)?.abort()
  }
}
