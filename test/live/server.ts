/** Where the Keycloak is that `npm run test:live` started. */
export const base = process.env['SPOOR_TEST_KEYCLOAK'] as string
const password = process.env['SPOOR_TEST_PASSWORD'] as string

export interface TokenAnswer {
  readonly status: number
  readonly access_token?: string
  readonly refresh_token?: string
  readonly error?: string
  readonly error_description?: string
}

/** Asks a realm for a token, as an application does. */
export async function token(realm: string, form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
  const path = `/realms/${realm}/protocol/openid-connect/token`
  const answer = await fetch(base + path, { method: 'POST', body: new URLSearchParams(form) })
  return { status: answer.status, ...((await answer.json()) as object) }
}

let signedIn: { readonly token: string; readonly at: number } | undefined

/** The administrator's token, which is good for a minute. */
async function bearer(): Promise<string> {
  if (signedIn && Date.now() - signedIn.at < 30_000) return signedIn.token
  const form = { grant_type: 'password', client_id: 'admin-cli', username: 'admin', password }
  const { access_token = '' } = await token('master', form)
  signedIn = { token: access_token, at: Date.now() }
  return access_token
}

/** A call of the admin API as the administrator: answers with what it gave, or with the id of what it made. */
export async function admin<T = string>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${base}/admin/realms${path}`, {
    method,
    headers: { authorization: `Bearer ${await bearer()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  const made = answer.headers.get('location')?.split('/').at(-1)
  return (made ?? (text ? JSON.parse(text) : undefined)) as T
}

/** An event as the admin API gives it. */
export interface ApiEvent {
  readonly id: string
  readonly time: number
  readonly type?: string
  readonly clientId?: string
  readonly [key: string]: unknown
}

/** All that the server holds of a realm, user events and admin events, oldest first. */
export async function logOf(realm: string): Promise<readonly ApiEvent[]> {
  const lists = await Promise.all(
    ['events', 'admin-events'].map((kind) => admin<ApiEvent[]>('GET', `/${realm}/${kind}?max=100000`))
  )
  return lists.flat().sort((a, b) => a.time - b.time)
}
