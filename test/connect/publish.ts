import { request } from 'node:https'
import { receiverPassword } from './new-receiver'

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly user?: string
  readonly headers?: Record<string, string>
  readonly ca?: string
}

/** Sends as a product would, and answers with the status. */
export const send = (
  port: number,
  body: string | Buffer,
  { method = 'POST', path = '/events', user = `asgardeo:${receiverPassword}`, headers = {}, ca }: Sent = {}
) =>
  new Promise<number>((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        ...(ca === undefined ? { rejectUnauthorized: false } : { ca }),
        headers: {
          authorization: `Basic ${Buffer.from(user).toString('base64')}`,
          'content-type': 'application/json',
          'user-agent': 'asgardeo-publisher',
          ...headers
        }
      },
      (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0))
    )
    asking.on('error', reject)
    asking.end(body)
  })
