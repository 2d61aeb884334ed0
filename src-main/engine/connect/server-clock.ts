import type { Answer } from './line'

/** When a server answered by its own clock, ISO 8601: by its header Date or, where it sends none as Keycloak does, by the token that it gave. */
export function serverClock({ headers, body }: Pick<Answer, 'headers' | 'body'>): string | undefined {
  const date = headers.date === undefined ? Number.NaN : Date.parse(headers.date)
  const time = Number.isNaN(date) ? issuedAt(body) : date
  return time === undefined ? undefined : new Date(time).toISOString()
}

/** RFC 7519: `iat` is when a token was issued, in seconds. */
function issuedAt(body: Buffer): number | undefined {
  if (!body.subarray(0, 64 << 10).includes('"access_token"')) return undefined
  try {
    const { access_token } = JSON.parse(body.toString('utf8')) as { access_token: string }
    const { iat } = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof iat === 'number' && Math.abs(iat) <= 8.64e12 ? iat * 1000 : undefined
  } catch {
    // A token that says nothing to others.
    return undefined
  }
}
