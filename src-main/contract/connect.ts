import type { SettingsSchema } from './connector'

/** Settings as JSON; secrets are no part of them. */
export type Settings = Readonly<Record<string, unknown>>

/** A product that can be connected to, for the form. */
export interface ConnectorInfo {
  readonly id: string
  readonly title: string
  readonly vendor: string
  readonly documentation?: string
  readonly support?: string
  readonly prepare?: string
  /** What every connection has (certificate, proxy, …) stands behind what this one has. */
  readonly settings: SettingsSchema
  /** The names of those that every connection has. */
  readonly network: readonly string[]
  /** Paths of the settings that are secrets: `secret`, `auth.token`. */
  readonly secrets: readonly string[]
  readonly streams: readonly { readonly name: string; readonly title: string }[]
  readonly origin: 'shipped' | 'own' | 'replaces'
  readonly file: string
  /** It is sent its events: a pull listens for them until it is ended, and one that is ended is complete. */
  readonly receives?: true
  /** Why it cannot be used, with file and line. */
  readonly fault?: string
}

/** The variable of the environment that may hold a secret: `SPOOR_KEYCLOAK_PRODUCTION_SECRET`. */
export const variableOf = (connection: string, secret: string): string =>
  `SPOOR_${connection}_${secret}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')

/** Where a secret is: in the vault, in the environment (`SPOOR_<CONNECTION>_<SECRET>`), or nowhere yet. */
export type SecretPlace = 'kept' | 'environment' | 'missing'

/** A product as the analyst connected it. It belongs to the application, not to a case. */
export interface Connection {
  /** Made from its name once, and kept: `keycloak-production`. */
  readonly id: string
  readonly name: string
  readonly connector: string
  readonly settings: Settings
  /** By path; the secrets themselves never leave the engine. */
  readonly secrets: Readonly<Record<string, SecretPlace>>
  /** The only hosts it may contact. */
  readonly hosts: readonly string[]
  /** The address it listens at, if it is sent its events: what the product is told. */
  readonly listens?: string
  /** The certificate in PEM that Spoor made for it to listen with, once it did: who sends has to trust it. */
  readonly certificate?: string
  /** The streams that its settings leave, of those its connector has. */
  readonly streams: readonly { readonly name: string; readonly title: string }[]
  /** Why it cannot be used as it is. */
  readonly fault?: string
}

/** A connection to be kept or tried. Secrets left out stay as they are; null forgets one. */
export interface ConnectionDraft {
  readonly id?: string
  readonly name: string
  readonly connector: string
  readonly settings: Settings
  readonly secrets?: Readonly<Record<string, string | null>>
}

/** Where secrets are kept. A vault under a passphrase is locked until that was given, and `new` until the first one was. */
export interface VaultState {
  readonly kind: 'keychain' | 'passphrase'
  readonly state: 'open' | 'locked' | 'new'
}

export const diagnosisSteps = [
  'settings',
  'address',
  'connection',
  'certificate',
  'sign-in',
  'checks',
  'events',
  'clock'
] as const

/** One thing that a test of a connection looked at. */
export interface DiagnosisStep {
  readonly what: (typeof diagnosisSteps)[number]
  readonly state: 'passed' | 'warned' | 'failed' | 'skipped'
  /** What was found and, where it failed, the way out. */
  readonly sentence: string
}

/** What stands between us and the events, if anything does. */
export interface Diagnosis {
  readonly ok: boolean
  readonly steps: readonly DiagnosisStep[]
  readonly requests: number
  readonly seconds: number
}

export interface PullRequest {
  readonly connection: string
  /** Names of streams; all unless told. */
  readonly streams?: readonly string[]
  /** ISO 8601. Without it: since the last complete pull of this case, or all there is. */
  readonly since?: string
  readonly until?: string
  /** Go on asking every so many seconds until it is canceled. */
  readonly follow?: number
}

export type PullState =
  | 'checking'
  | 'pulling'
  /** Told to wait, or waiting before it tries again. */
  | 'waiting'
  | 'paused'
  /** All is pulled; the last of it is being imported. */
  | 'importing'
  /** All was pulled; asks again every few seconds. */
  | 'following'
  /** Waits for what is sent. */
  | 'listening'
  | 'complete'
  | 'canceled'
  | 'failed'
  /** Spoor ended in its midst: it can be resumed. */
  | 'interrupted'

/** What came of one stream. */
export interface StreamBooks {
  readonly stream: string
  readonly title: string
  readonly source?: string
  /** The stretch asked for, ISO 8601; without `since` from the beginning. */
  readonly since?: string
  readonly until?: string
  /** Events, each counted once, and how many came more than once. */
  readonly events: number
  readonly repeated: number
  /** How many there are by the provider's count, where it says one. */
  readonly said?: number
  /** The times of the oldest and the newest event. */
  readonly first?: string
  readonly last?: string
  readonly complete: boolean
  /** Up to when all there was has come, by the server's clock: where the next pull goes on. */
  readonly reached?: string
  /** Stretches of time that were asked for and did not come. */
  readonly missing: readonly MissingStretch[]
}

export interface MissingStretch {
  /** ISO 8601; without one the stretch has no end on that side. */
  readonly from?: string
  readonly to?: string
  readonly why: string
}

/** The books of one pull: what was asked, what came, what did not. */
export interface PullReport {
  readonly id: string
  readonly connection: string
  readonly name: string
  readonly connector: string
  readonly hosts: readonly string[]
  readonly startedAt: string
  readonly endedAt?: string
  readonly by: string
  readonly state: PullState
  readonly streams: readonly StreamBooks[]
  readonly requests: number
  readonly bytes: number
  /** Requests that were made once more. */
  readonly retries: number
  /** The evidence that came of it: parts, by their SHA-256, with their events as the ledger has them. */
  readonly parts: readonly {
    readonly name: string
    readonly stream: string
    readonly sha256: string
    readonly bytes: number
    readonly events: number
  }[]
  /** Parts that could not be imported, each with a sentence; they stay in the case's folder `pulls`. */
  readonly refused: readonly { readonly path: string; readonly message: string }[]
  /** What is worth knowing, in sentences: that details are switched off, that a clock goes wrong. */
  readonly notes: readonly string[]
  /** Why it did not come to its end. */
  readonly fault?: string
  /** SHA-256 of the journal of its requests, once it is over. */
  readonly journal?: string
}

/** How far a pull is. */
export interface PullProgress {
  readonly pull: string
  readonly connection: string
  readonly name: string
  readonly state: PullState
  readonly stream?: string
  readonly requests: number
  readonly events: number
  readonly repeated: number
  readonly bytes: number
  /** Of the last few seconds. */
  readonly eventsPerSecond: number
  /** The time of the event that came last, and the stretch asked for: how far it is through that. */
  readonly at?: string
  readonly since?: string
  readonly until?: string
  readonly order?: 'newest' | 'oldest'
  readonly said?: number
  /** Events that are in the case already. */
  readonly imported: number
  /** While it waits: until when, and why. */
  readonly waitsUntil?: string
  readonly why?: string
  /** While it follows: when it asks again. */
  readonly asksAt?: string
}
