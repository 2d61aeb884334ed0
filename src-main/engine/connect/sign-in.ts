import { createSign } from 'node:crypto'
import type { Auth } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { addressOf, fillRequest, type Outgoing } from './fill-request'
import type { Hidden } from './hidden'
import type { Answer } from './line'
import { fill, type Values } from './template'

/** Sends a request of the sign-in, and answers when it went well. */
export type SignInCall = (outgoing: Outgoing, auth: Auth) => Promise<Answer>

interface Token {
  readonly access: string
  /** When it is asked for anew, epoch milliseconds. */
  readonly until: number
  readonly refresh?: string
}

/** Shows a server who asks, with a token that is renewed before it ends. */
export class SignIn {
  readonly #auth: Auth
  readonly #values: Values
  readonly #hidden: Hidden
  readonly #call: SignInCall
  readonly #now: () => number
  #token: Token | undefined
  #asking: Promise<Token> | undefined

  constructor(auth: Auth, values: Values, hidden: Hidden, call: SignInCall, now: () => number) {
    this.#auth = auth
    this.#values = values
    this.#hidden = hidden
    this.#call = call
    this.#now = now
  }

  /** The headers that a request needs. */
  async headers(): Promise<Readonly<Record<string, string>>> {
    const auth = this.#auth
    switch (auth.kind) {
      case 'none':
        return {}
      case 'bearer':
        return { authorization: `Bearer ${this.#need(auth.token)}` }
      case 'header':
        return { [this.#need(auth.header).toLowerCase()]: this.#need(auth.value) }
      case 'basic': {
        const pair = Buffer.from(`${this.#need(auth.user)}:${this.#need(auth.password)}`).toString('base64')
        this.#hidden.add(pair)
        return { authorization: `Basic ${pair}` }
      }
      case 'oauth2':
      case 'google':
        return { authorization: `Bearer ${(await this.#current(auth)).access}` }
    }
  }

  /** The server takes the token no longer; answers whether another can be had. */
  refused(): boolean {
    if (!this.#token) return false
    // One that can be renewed is; one that a renewal gave just now is asked for from the beginning.
    this.#token = { ...this.#token, until: 0 }
    return true
  }

  #need(template: string): string {
    const value = fill(template, this.#values)
    if (value !== undefined) return value
    const name = template.replaceAll(/[{}]/g, '')
    throw new AppError('secret_missing', `The secret “${name}” is missing. Give it in the connection.`)
  }

  async #current(auth: Extract<Auth, { kind: 'oauth2' | 'google' }>): Promise<Token> {
    if (this.#token && this.#token.until > this.#now()) return this.#token
    this.#asking ??= this.#ask(auth).finally(() => {
      this.#asking = undefined
    })
    this.#token = await this.#asking
    return this.#token
  }

  async #ask(auth: Extract<Auth, { kind: 'oauth2' | 'google' }>): Promise<Token> {
    if (auth.kind === 'google') return this.#read(await this.#call(this.#assertion(auth), auth))
    const refresh = this.#token?.refresh
    if (refresh) {
      try {
        return this.#read(
          await this.#call(this.#request(auth, { grant_type: 'refresh_token', refresh_token: refresh }), auth)
        )
      } catch (error) {
        // It has ended too, or the session was closed: from the beginning.
        if (!(error instanceof AppError) || error.code !== 'sign_in_refused') throw error
      }
    }
    return this.#read(await this.#call(this.#request(auth), auth))
  }

  #request(auth: Extract<Auth, { kind: 'oauth2' }>, instead: Readonly<Record<string, string>> = {}): Outgoing {
    const { username: _, password: __, ...rest } = auth.form
    const form = instead['grant_type'] ? { ...rest, ...instead } : auth.form
    const outgoing = fillRequest({ method: 'POST', url: auth.url, form }, this.#values)
    if (!auth.send) return outgoing
    const pair = [this.#need(auth.send.client), this.#need(auth.send.secret)].map(encodeURIComponent).join(':')
    const basic = Buffer.from(pair).toString('base64')
    this.#hidden.add(basic)
    return { ...outgoing, headers: { ...outgoing.headers, authorization: `Basic ${basic}` } }
  }

  /** What a service account signs: who it is, for whom it asks, and for how long. https://developers.google.com/identity/protocols/oauth2/service-account */
  #assertion({ url, key, subject, scopes }: Extract<Auth, { kind: 'google' }>): Outgoing {
    const account = accountOf(this.#need(key))
    this.#hidden.add(account.private_key)
    const address = addressOf(url, this.#values)
    const issued = Math.floor(this.#now() / 1000)
    const person = subject === undefined ? undefined : fill(subject, this.#values)
    const claims = {
      iss: account.client_email,
      scope: scopes.join(' '),
      aud: address,
      iat: issued,
      exp: issued + 3600,
      ...(person === undefined ? {} : { sub: person })
    }
    const signed = [{ alg: 'RS256', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const signature = signedWith(account.private_key, signed)
    const assertion = `${signed}.${signature}`
    this.#hidden.addToken(assertion)
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }
    return fillRequest({ method: 'POST', url, form }, this.#values)
  }

  #read({ body }: Answer): Token {
    const given = parsed(body)
    const access = given['access_token']
    if (typeof access !== 'string')
      throw new AppError('sign_in_refused', 'The sign-in was answered, but with no access token. Is the address right?')
    this.#hidden.addToken(access)
    const refresh = given['refresh_token']
    if (typeof refresh === 'string') this.#hidden.addToken(refresh)
    const seconds = Number(given['expires_in'] ?? 300)
    // A tenth before its end, so that none ends on its way.
    const until = this.#now() + Math.max(1, seconds - Math.max(5, Math.min(60, seconds / 10))) * 1000
    return { access, until, ...(typeof refresh === 'string' ? { refresh } : {}) }
  }
}

interface Account {
  readonly client_email: string
  readonly private_key: string
}

/** The key of a service account as Google gives it: a JSON file. */
function accountOf(text: string): Account {
  const { client_email, private_key } = parsed(Buffer.from(text))
  if (typeof client_email === 'string' && typeof private_key === 'string') return { client_email, private_key }
  const sentence =
    'The key of the service account is not the JSON file that Google gives: it holds client_email and private_key.'
  throw new AppError('settings_invalid', sentence)
}

function signedWith(key: string, text: string): string {
  try {
    return createSign('RSA-SHA256').update(text).sign(key, 'base64url')
  } catch {
    throw new AppError(
      'settings_invalid',
      'The private key of the service account cannot be used. Make a new key and give that.'
    )
  }
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(body.toString('utf8'))
    return value !== null && typeof value === 'object' ? value : {}
  } catch {
    return {}
  }
}
