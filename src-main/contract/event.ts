/** How a field is stored, compared and shown.  */
export type FieldType = 'time' | 'keyword' | 'text' | 'ip' | 'number' | 'boolean' | 'json' | 'list'

/** The groups an event's fields are read in: what happened, who did it, to what, from where, by which request, what changed. */
export type FieldGroup = 'what' | 'who' | 'target' | 'where' | 'request' | 'change'

export interface FieldInfo {
  readonly type: FieldType
  readonly title: string
  readonly group: FieldGroup
  /** One sentence for the tooltip. */
  readonly about: string
  /** Looked up from the address at query time, so not a column of the stored entry. */
  readonly place?: true
}

/**
 * The event: Elastic Common Schema names (https://www.elastic.co/docs/reference/ecs), and a few of our own where ECS has no word
 * (marked "ours"). The key is the YAML key, the TypeScript key, the SQL column and the word typed in a query.
 */
export const fields = {
  '@timestamp': { type: 'time', title: 'Time', group: 'what', about: 'When it happened, in UTC to the microsecond.' },
  'event.time_text': {
    type: 'keyword',
    title: 'Time as logged',
    group: 'what',
    about: 'The time exactly as the log wrote it, with its offset and precision. Ours.'
  },
  'event.action': { type: 'keyword', title: 'Action', group: 'what', about: 'What was done, in the words of the log.' },
  'event.category': {
    type: 'keyword',
    title: 'Category',
    group: 'what',
    about: 'The kind of action, the same across all sources.'
  },
  'event.type': {
    type: 'keyword',
    title: 'Type',
    group: 'what',
    about: 'creation, change, deletion, access, start, end, denied, info.'
  },
  'event.outcome': {
    type: 'keyword',
    title: 'Outcome',
    group: 'what',
    about: 'success or failure; absent where the log does not say.'
  },
  'event.reason': { type: 'text', title: 'Reason', group: 'what', about: 'Why it failed or was done, as logged.' },
  'event.severity': { type: 'number', title: 'Severity', group: 'what', about: '1 to 5, after OCSF severity_id.' },
  'event.duration': { type: 'number', title: 'Duration', group: 'what', about: 'In nanoseconds.' },
  'event.dataset': {
    type: 'keyword',
    title: 'Source',
    group: 'what',
    about: 'The log source that this event was read with.'
  },
  'event.id': { type: 'keyword', title: 'Event ID', group: 'what', about: 'The id the log gave the event.' },
  'event.user_action': {
    type: 'boolean',
    title: 'User action',
    group: 'what',
    about: 'Done by a person, not by automation; absent where the log does not tell. Ours.'
  },
  message: { type: 'text', title: 'Message', group: 'what', about: 'The prose the log has for it.' },
  'user.name': { type: 'keyword', title: 'User', group: 'who', about: 'The account that acted.' },
  'user.id': { type: 'keyword', title: 'User ID', group: 'who', about: 'The id of the account that acted.' },
  'user.email': {
    type: 'keyword',
    title: 'User e-mail',
    group: 'who',
    about: 'The e-mail address of the account that acted.'
  },
  'user.type': {
    type: 'keyword',
    title: 'User type',
    group: 'who',
    about: 'person, service, system or api_key. Ours.'
  },
  'user.effective.id': {
    type: 'keyword',
    title: 'Acted as (ID)',
    group: 'who',
    about: 'Whom the actor acted as: impersonation, an assumed role.'
  },
  'user.effective.name': {
    type: 'keyword',
    title: 'Acted as',
    group: 'who',
    about: 'Whom the actor acted as: impersonation, an assumed role.'
  },
  'session.id': { type: 'keyword', title: 'Session', group: 'who', about: 'The session the action belongs to. Ours.' },
  'user.target.name': {
    type: 'keyword',
    title: 'Target user',
    group: 'target',
    about: 'The account that was acted upon.'
  },
  'user.target.id': {
    type: 'keyword',
    title: 'Target user ID',
    group: 'target',
    about: 'The id of the account that was acted upon.'
  },
  'user.target.email': {
    type: 'keyword',
    title: 'Target e-mail',
    group: 'target',
    about: 'The e-mail address of the account that was acted upon.'
  },
  'resource.type': {
    type: 'keyword',
    title: 'Target type',
    group: 'target',
    about: 'What kind of object was acted upon. Ours.'
  },
  'resource.name': {
    type: 'keyword',
    title: 'Target',
    group: 'target',
    about: 'The name of the object that was acted upon. Ours.'
  },
  'resource.id': {
    type: 'keyword',
    title: 'Target ID',
    group: 'target',
    about: 'The id of the object that was acted upon. Ours.'
  },
  'organization.name': {
    type: 'keyword',
    title: 'Organization',
    group: 'target',
    about: 'The tenant, realm or workspace.'
  },
  'organization.id': {
    type: 'keyword',
    title: 'Organization ID',
    group: 'target',
    about: 'The id of the tenant, realm or workspace.'
  },
  'application.name': { type: 'keyword', title: 'Application', group: 'target', about: 'The client used. Ours.' },
  'application.id': {
    type: 'keyword',
    title: 'Application ID',
    group: 'target',
    about: 'The id of the client used. Ours.'
  },
  'source.ip': { type: 'ip', title: 'Address', group: 'where', about: 'The IP address it came from.' },
  'source.address': {
    type: 'keyword',
    title: 'Address as logged',
    group: 'where',
    about: 'What the log has where an address stands, when it is none: a service name, a host.'
  },
  'source.geo.kind': {
    type: 'keyword',
    title: 'Address kind',
    group: 'where',
    about:
      'public, private (lies nowhere: also loopback, documentation, multicast) or unknown to the geo-IP database. Ours.',
    place: true
  },
  'source.geo.country_iso_code': {
    type: 'keyword',
    title: 'Country',
    group: 'where',
    about: 'ISO 3166 code of the address, from the geo-IP database.',
    place: true
  },
  'source.geo.country_name': {
    type: 'keyword',
    title: 'Country name',
    group: 'where',
    about: 'Country of the address, from the geo-IP database.',
    place: true
  },
  'source.geo.city_name': {
    type: 'keyword',
    title: 'City',
    group: 'where',
    about: 'City of the address, from the geo-IP database.',
    place: true
  },
  'source.geo.location': {
    type: 'json',
    title: 'Location',
    group: 'where',
    about: '{"lat", "lon"} of the city in degrees, from the geo-IP database.',
    place: true
  },
  'source.as.number': {
    type: 'number',
    title: 'AS number',
    group: 'where',
    about: 'The autonomous system of the address, where the log or a database says.'
  },
  'source.as.organization.name': {
    type: 'keyword',
    title: 'Network',
    group: 'where',
    about: 'Who runs the network of the address, where the log or a database says.'
  },
  'user_agent.original': {
    type: 'text',
    title: 'User agent',
    group: 'where',
    about: 'The client software, as it named itself.'
  },
  'http.request.method': {
    type: 'keyword',
    title: 'Method',
    group: 'request',
    about: 'The HTTP method of the request.'
  },
  'url.path': { type: 'keyword', title: 'Path', group: 'request', about: 'The path of the request.' },
  'http.response.status_code': {
    type: 'number',
    title: 'Status',
    group: 'request',
    about: 'The HTTP status of the answer.'
  },
  'trace.id': { type: 'keyword', title: 'Request ID', group: 'request', about: 'The id of the request or trace.' },
  labels: { type: 'json', title: 'Labels', group: 'request', about: 'What the source keeps beside, as a flat object.' },
  'change.before': { type: 'json', title: 'Before', group: 'change', about: 'The values before the change. Ours.' },
  'change.after': { type: 'json', title: 'After', group: 'change', about: 'The values after the change. Ours.' },
  'change.fields': { type: 'list', title: 'Changed fields', group: 'change', about: 'The paths that differ. Ours.' },
  'change.basis': {
    type: 'keyword',
    title: 'Basis',
    group: 'change',
    about: 'logged, rebuilt or after-only: where before and after come from. Ours.'
  }
} as const satisfies Record<string, FieldInfo>

export type Field = keyof typeof fields
/** Anything in the record as logged: `record.` and a path, `record.context.diff.name.new_value`. */
export type RecordField = `record.${string}`
export type AnyField = Field | RecordField

export const fieldNames = Object.keys(fields) as Field[]
export const isField = (name: string): name is Field => Object.hasOwn(fields, name)
export const fieldInfo = (field: Field): FieldInfo => fields[field]
/** Whether events can be put together by what they have in this field: a time is hardly ever the same. */
export const canGroup = (field: AnyField): boolean => !isField(field) || !['time', 'json'].includes(fields[field].type)

/** The same ten everywhere: facet, chart, chip, row mark, map. Fixed order, so that colours are fixed. */
export const categories = [
  'authentication',
  'session',
  'iam',
  'configuration',
  'application',
  'extension',
  'data',
  'billing',
  'system'
] as const
export type Category = (typeof categories)[number]

export type Value = string | number | boolean
/** What one field of one event holds. Absent fields are left out of an event, never null or empty. */
export type EventValue = Value | readonly Value[] | { readonly [key: string]: unknown } | readonly unknown[]

/**
 * One event as it crosses a wire. `_id` is the first twelve hex digits of its evidence's SHA-256, a dash, and the number of its
 * record in that file, from 1: the same record has the same id in every case. Times are ISO 8601 in UTC with a Z.
 */
export type EventRow = { readonly _id: string } & { readonly [F in Field]?: EventValue }
