import { base } from './server'

const back = 'http://127.0.0.1/signed-in'

/** What a person does with Keycloak's own pages: a browser as far as they need one. */
export class Browser {
  readonly #cookies = new Map<string, string>()
  #page = ''

  /** Comes to the sign-in of a realm for the client `web`. */
  async open(realm: string): Promise<void> {
    const query = new URLSearchParams({
      client_id: 'web',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: back
    })
    await this.#go(`${base}/realms/${realm}/protocol/openid-connect/auth?${query}`)
  }

  /** Sends the form that is shown. Answers with the code for the application, once it is let in. */
  async send(fields: Readonly<Record<string, string>>): Promise<string | undefined> {
    const action = /<form[^>]*action="([^"]+)"/.exec(this.#page)?.[1]?.replaceAll('&amp;', '&')
    if (action === undefined) throw new Error(`no form to send: ${this.#page.slice(0, 500)}`)
    return this.#go(action, { method: 'POST', body: new URLSearchParams(fields) })
  }

  async #go(url: string, init: RequestInit = {}): Promise<string | undefined> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      this.#cookies.set(name, value)
    }
    this.#page = await answer.text()
    const to = answer.headers.get('location')
    if (to?.startsWith(back)) return new URL(to).searchParams.get('code') ?? undefined
    return to === null ? undefined : this.#go(to)
  }
}
