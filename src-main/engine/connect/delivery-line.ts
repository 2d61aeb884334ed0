import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Delivery } from './delivery'
import type { RequestLine } from './journal-lines'
import { deliveries } from './listening'

/** The line of a delivery in the journal: who sent it, what it was answered, and what was in it. Passwords are no part of it. */
export function deliveryLine(
  delivery: Delivery,
  request: IncomingMessage,
  at: number,
  n: number,
  url: string
): RequestLine {
  const { status, why, body, encoding } = delivery
  const { socket, headers, method = '' } = request
  return {
    n,
    at: new Date(at).toISOString(),
    what: deliveries,
    method,
    url,
    peer: `${socket.remoteAddress ?? 'unknown'}${headers['user-agent'] === undefined ? '' : `, ${headers['user-agent'].slice(0, 200)}`}`,
    attempt: 1,
    milliseconds: Math.max(0, Date.now() - at),
    status,
    ...(why === undefined ? {} : { error: why }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(body === undefined ? {} : { length: body.length, sha256: createHash('sha256').update(body).digest('hex') })
  }
}
