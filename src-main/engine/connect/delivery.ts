import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { Listening } from './listening'

/** What was sent to us, and what it is answered. */
export interface Delivery {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Why it was refused, in words for the sender. */
  readonly why?: string
  /** As it came; decoded, where it came compressed. */
  readonly body?: Buffer
  readonly encoding?: string
  /** Absent where nothing in it can be told from another by us. */
  readonly events?: readonly unknown[]
}

/** More than one delivery may hold. */
const mostBytes = 64 << 20
const refusal = 300

/** Takes a request in, if it is one of who may send. */
export async function delivered(request: IncomingMessage, listening: Listening): Promise<Delivery> {
  const { path } = listening
  if (!isSender(request.headers, listening)) {
    // So that guessing takes its time.
    await pause(refusal)
    return { status: 401, headers: { 'www-authenticate': 'Basic realm="Spoor"' }, why: 'user or password is not right' }
  }
  if (new URL(request.url ?? '/', 'https://x').pathname !== path)
    return { status: 404, why: `only ${path} is listened at` }
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, why: 'only POST is taken' }
  const raw = await received(request)
  if (!raw) return { status: 413, why: `more than ${mostBytes >> 20} MiB at once` }
  const encoding = request.headers['content-encoding']
  const body = encoding === undefined ? raw : unpacked(raw, encoding)
  if (!body) return { status: 415, why: `${encoding} is not read` }
  if (body.length === 0) return { status: 204, body }
  const events = eventsIn(body.toString('utf8'))
  return { status: 200, body, ...(encoding === undefined ? {} : { encoding }), ...(events ? { events } : {}) }
}

/** In the same time whatever is wrong with it. */
function isSender({ authorization = '' }: IncomingHttpHeaders, { user, password }: Listening): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return timingSafeEqual(digest(authorization), digest(wanted))
}

async function received(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return undefined
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    // Read to its end, so that the sender hears why it is refused; nothing of it is held.
    if (bytes <= mostBytes) chunks.push(chunk as Buffer)
    else chunks.length = 0
  }
  return bytes > mostBytes ? undefined : Buffer.concat(chunks)
}

function unpacked(body: Buffer, encoding: string): Buffer | undefined {
  if (encoding === 'identity') return body
  if (encoding !== 'gzip' && encoding !== 'x-gzip') return undefined
  try {
    return gunzipSync(body, { maxOutputLength: mostBytes })
  } catch {
    return undefined
  }
}

/** The events of a body that nobody described: JSON, or JSON by lines; a list, an object that holds one, or one event. */
export function eventsIn(text: string): readonly unknown[] | undefined {
  const whole = parsed(text)
  if (whole !== undefined) return listIn(whole)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const each = lines.map(parsed)
  return lines.length > 1 && each.every((one) => one !== undefined) ? each.flatMap((one) => listIn(one)) : undefined
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  const lists = Object.values(value as object).filter(
    (one) => Array.isArray(one) && one.length > 0 && one.every((item) => item !== null && typeof item === 'object')
  )
  // What has a time or a name of its own is an event, whatever lists are in it.
  const isEvent = ['id', 'recordedAt', 'timestamp', 'time', '@timestamp', 'action'].some((key) =>
    Object.hasOwn(value as object, key)
  )
  return lists.length === 1 && !isEvent ? (lists[0] as unknown[]) : [value]
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? value : undefined
  } catch {
    return undefined
  }
}
