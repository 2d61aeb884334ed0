/** Text with settings in it: `{base}/admin/realms/{realm}/events`. One that lacks a value leaves out the parameter it stands in. */
export type Template = string

/** Values that settings have, for what holds only then: `{ grant: password }`. */
export type When = Readonly<Record<string, string | number | boolean>>

/** A body of a request: texts in it are templates; one that is nothing but a setting is the setting itself, a number a number. */
export type BodyTemplate =
  | Template
  | number
  | boolean
  | null
  | readonly BodyTemplate[]
  | { readonly [key: string]: BodyTemplate }

/** A request that a connector makes. */
export interface RequestTemplate {
  /** GET unless told. Nothing else is ever sent. */
  readonly method?: 'GET' | 'POST'
  /** A setting it begins with is an address and stands as it is; others are escaped. */
  readonly url: Template
  /** A list gives its parameter once for each of its values. */
  readonly query?: Readonly<Record<string, Template>>
  readonly headers?: Readonly<Record<string, Template>>
  readonly body?: BodyTemplate
  /** A body of name=value pairs instead of JSON. */
  readonly form?: Readonly<Record<string, Template>>
}

/** What an answer other than the one wanted means, in a sentence that names the way out. */
export interface AnswerFault {
  /** The first fault that fits counts: its status, and where told a text in the body. */
  readonly status: number | readonly number[]
  readonly body?: string
  readonly sentence: Template
  /** Means that we ask too often, though the status does not say so: it passes. */
  readonly again?: boolean
}

/** How a connector shows who it is. Of several the first counts whose `when` holds. */
export type Auth = { readonly when?: When } & (
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: Template }
  | { readonly kind: 'header'; readonly header: string; readonly value: Template }
  | { readonly kind: 'basic'; readonly user: Template; readonly password: Template }
  /** A token that is asked for, and again before it ends. `send: basic`: id and secret of the client go in a header. */
  | {
      readonly kind: 'oauth2'
      readonly url: Template
      readonly form: Readonly<Record<string, Template>>
      readonly send?: { readonly client: Template; readonly secret: Template }
      readonly faults?: readonly AnswerFault[]
    }
  /** A service account of Google's: a token for which it signs with its key, on behalf of a person. */
  | {
      readonly kind: 'google'
      readonly url: Template
      readonly key: Template
      readonly subject?: Template
      readonly scopes: readonly string[]
      readonly faults?: readonly AnswerFault[]
    }
)

/** How one answer leads to the next. Of several the first counts whose `when` holds. */
export type Paging = {
  readonly when?: When
} /** `{cursor}` is what stands at `next`; none, or `more` that is false, is the end. */ & (
  | { readonly kind: 'cursor'; readonly next: string; readonly more?: string }
  /** The header Link names the next address. */
  | { readonly kind: 'link' }
  /** The body names it, at `next`. */
  | { readonly kind: 'url'; readonly next: string }
  /** `{offset}` grows by as many events as came, until none do. */
  | { readonly kind: 'offset' }
  /** `{page}` grows by one: until `next` is 0 or absent where it is told, else until no events come. */
  | { readonly kind: 'page'; readonly first?: number; readonly next?: string }
  /**
   * `{until}` becomes the time of the oldest event that came (where oldest come first: `{since}` that of the newest), until none come.
   * Neither new events nor expiring ones move it. `{offset}` gets past a moment with more events than a page holds.
   */
  | { readonly kind: 'time' }
  /** `{cursor}` is the id of the event that came last; `request` asks for those behind it, until none come. */
  | { readonly kind: 'last'; readonly request?: RequestTemplate }
  | { readonly kind: 'none' }
)

export const timeFormats = ['iso', 'iso_s', 'epoch_s', 'epoch_ms', 'date'] as const
export type TimeFormat = (typeof timeFormats)[number]

/** One kind of events that a product gives. */
export interface Stream {
  readonly title: string
  readonly when?: When
  /** The source its events are read as; recognised where left out. */
  readonly source?: string
  readonly request: RequestTemplate
  /** Where the list of events is in an answer; left out where the answer is the list. */
  readonly list?: string
  /** Whether an answer without events leaves the list out. */
  readonly sparse?: boolean
  /** What names an event, and when it was. Without an id an event that comes twice is known by its content. */
  readonly id?: string
  readonly time?: string
  readonly order: 'newest' | 'oldest'
  readonly paging: Paging | readonly Paging[]
  /** How `{since}` and `{until}` are written. Left out where neither can be asked for: then what is older is left off. */
  readonly window?: TimeFormat
  /** Seconds by which a pull since last time begins earlier: events may come late. 600 unless told. */
  readonly overlap?: number
  /** How many days back events can be asked for: there a stretch without a beginning begins, and none begins earlier. */
  readonly furthest?: number
  /** Whether `{cursor}` of the last pull goes on where that ended. */
  readonly continues?: boolean
  /** How many events are asked for at once, and the most there may be. */
  readonly size?: { readonly usual: number; readonly most: number }
  /** Where an answer says how many events there are in all: a path, or a header. */
  readonly total?: string | { readonly header: string }
}

/** A request made before a pull, and what its answer must say. */
export interface ConnectorCheck {
  readonly title: string
  readonly request: RequestTemplate
  readonly expect: readonly {
    readonly path: string
    /** What must stand there; or the number that must be exceeded. */
    readonly equals?: string | number | boolean
    readonly over?: number
    readonly sentence: Template
    /** The stream that has nothing then; without it the sentence is worth knowing, and no more. */
    readonly stops?: string
  }[]
  /** Whether a pull goes on where this may not be asked. */
  readonly optional?: boolean
}

/** A product that sends its events by itself: a connection listens for them, and takes those of who shows user and password. */
export interface Receive {
  readonly title: string
  readonly user: Template
  readonly password: Template
}

/** JSON Schema of settings; `format: password` marks a secret. */
export interface SettingsSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, SettingSchema>>
  readonly required?: readonly string[]
}

export interface SettingSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  readonly title?: string
  readonly description?: string
  readonly format?: string
  readonly default?: unknown
  readonly enum?: readonly (string | number)[]
  readonly properties?: Readonly<Record<string, SettingSchema>>
  readonly [key: string]: unknown
}

/** A product whose audit log can be asked for: one YAML file in resources/connectors. */
export interface Connector {
  readonly id: string
  readonly title: string
  readonly vendor?: string
  /** Where the product's own documentation is. Shown as text; nothing is fetched from there. */
  readonly documentation?: string
  /** What must be known before it is relied on: "not supported by the vendor". */
  readonly support?: string
  /** What has to be made in the product first: a client, a token, a role. */
  readonly prepare?: string
  readonly settings: SettingsSchema
  /** How it is asked; or that it is listened to instead. */
  readonly auth: Auth | readonly Auth[]
  readonly receive?: Receive
  readonly headers?: Readonly<Record<string, Template>>
  readonly checks?: readonly ConnectorCheck[]
  readonly faults?: readonly AnswerFault[]
  /** The streams by their names; or the name of the setting that holds the one there is, as its analyst wrote it. */
  readonly streams: Readonly<Record<string, Stream>> | string
}
