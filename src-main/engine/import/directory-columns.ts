import { type DirectoryEntry, entryFrom } from './directory-entries'
import type { NameKind } from './directory-shapes'

const spelled = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

// What columns of ids are called, the surest first, and of what.
const idNames: Readonly<Record<string, NameKind>> = {
  userid: 'user',
  objectid: 'user',
  useruuid: 'user',
  accountid: 'user',
  principalid: 'user',
  actorid: 'user',
  employeeid: 'user',
  groupid: 'group',
  roleid: 'role',
  clientid: 'application',
  applicationid: 'application',
  appid: 'application',
  organizationid: 'organization',
  orgid: 'organization',
  tenantid: 'organization',
  workspaceid: 'organization',
  id: 'object',
  uuid: 'object',
  guid: 'object',
  uid: 'object',
  pk: 'object',
  sub: 'object',
  identifier: 'object',
  key: 'object',
  externalid: 'object'
}
const nameNames =
  'username userprincipalname upn login loginname samaccountname primaryemail groupname rolename clientname applicationname organizationname name displayname fullname label slug alias title'.split(
    ' '
  )
const emailNames = 'email mail emailaddress primaryemail useremail workemail'.split(' ')
// Where one of these stands the file tells what happened, not who is who.
const eventNames =
  'action eventaction event eventtype eventname operation operationname activity activitytype verb outcome result statuscode sourceip ipaddress clientip useragent eventid'.split(
    ' '
  )

/** Which columns, or keys, of a plain list give ids, names and e-mail addresses. */
export interface Columns {
  readonly kind: NameKind
  readonly ids: readonly string[]
  readonly names: readonly string[]
  readonly email: readonly string[]
  /** The column that says of what kind each entry is. */
  readonly type?: string
}

/** Finds the columns of ids and names; undefined where there are none. */
export function directoryColumns(columns: readonly string[]): Columns | undefined {
  const by = (names: readonly string[]) => names.flatMap((name) => columns.filter((column) => spelled(column) === name))
  const ids = by(Object.keys(idNames))
  const email = by(emailNames)
  const names = [...by(nameNames), ...email].filter((column) => !ids.includes(column))
  const [id] = ids
  if (id === undefined || names.length === 0) return undefined
  const said = idNames[spelled(id)] ?? 'object'
  const [type] = by(['type', 'kind', 'objecttype', 'resourcetype'])
  // A list of people is what has their addresses, or the names they log in with.
  const people = email.length > 0 || by(nameNames.slice(0, 6)).length > 0
  const kind = said === 'object' && people ? 'user' : said
  return { kind, ids: [id], names, email, ...(type === undefined ? {} : { type }) }
}

/** Whether so named columns may be those of events. */
export const mayBeEvents = (columns: readonly string[]): boolean =>
  columns.some((column) => eventNames.includes(spelled(column)))

const kinds: readonly NameKind[] = ['user', 'group', 'role', 'application', 'organization']

/** An entry by its columns. */
export function columnEntry(
  { type, ...columns }: Columns,
  row: Readonly<Record<string, unknown>>
): DirectoryEntry | undefined {
  const text = (column: string) => {
    const value = row[column]
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  }
  const said = type === undefined ? undefined : kinds.find((kind) => text(type).toLowerCase().includes(kind))
  return entryFrom({ ...columns, kind: said ?? columns.kind }, text)
}
