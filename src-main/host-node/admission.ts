import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Lets in who opened an address of ours, once, and from then on by a cookie; whoever else is on this machine or the web stays out. */
export class Admission {
  readonly #tokens = new Set<string>()
  readonly #secret = randomBytes(32).toString('base64url')
  #port = 0

  /** The port it listens on. Cookies ignore ports, so theirs is in the name. */
  set port(port: number) {
    this.#port = port
  }

  /** A token that opens the application once. */
  newToken(): string {
    const token = randomBytes(32).toString('base64url')
    this.#tokens.add(token)
    return token
  }

  /** The cookie for a token, which is used up by it; null when it is none of ours or was used. */
  exchange(token: string): string | null {
    const known = [...this.#tokens].find((one) => same(one, token))
    if (!known) return null
    this.#tokens.delete(known)
    return `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`
  }

  hasCookie(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
    return cookies.some((cookie) => {
      const at = cookie.indexOf('=')
      return cookie.slice(0, at) === this.#cookieName && same(cookie.slice(at + 1), this.#secret)
    })
  }

  /** Whether it was asked for by our own name: a foreign name that leads here (DNS rebinding) is refused. */
  isOwnHost(request: IncomingMessage): boolean {
    return this.#hosts.includes(request.headers.host ?? '')
  }

  /** Whether a page of ours asks. A browser always says so when it posts or opens a socket. */
  isOwnOrigin(request: IncomingMessage): boolean {
    return request.headers.origin === `http://${request.headers.host}`
  }

  get #hosts(): string[] {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`]
  }

  get #cookieName(): string {
    return `spoor-${this.#port}`
  }
}

const digest = (value: string) => createHash('sha256').update(value).digest()
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))
