import { createHash } from 'node:crypto'
import type { Called, Failed } from './caller'
import type { Hidden } from './hidden'
import type { RequestLine } from './journal-lines'
import type { At } from './paging'
import { serverClock } from './server-clock'
import { rateHeaders } from './waiting'

const mostText = 16 << 10
/** What may stand across the end of that. */
const longestSecret = 64 << 10

/** What the server calls a request, by the names products give it. */
const requestIds = [
  'x-request-id',
  'request-id',
  'x-okta-request-id',
  'x-github-request-id',
  'cf-ray',
  'x-correlation-id',
  'x-amzn-requestid'
]

/** The line of a request in the journal, without secrets. */
export function requestLine(n: number, what: string, made: Called | Failed, hidden: Hidden): RequestLine {
  const { outgoing, attempt, at, milliseconds, answer } = made
  const isSignIn = what === 'sign-in'
  return {
    n,
    at: new Date(at).toISOString(),
    what,
    method: outgoing.method,
    url: hidden.in(outgoing.url),
    // What a sign-in sends is nothing but secrets.
    ...(outgoing.body === undefined || isSignIn ? {} : { body: hidden.in(outgoing.body) }),
    attempt,
    milliseconds,
    ...(answer ? answerPart(answer, hidden) : {}),
    ...(answer && isSignIn ? issuedPart(answer) : {}),
    ...('error' in made && made.error !== undefined ? { error: hidden.in(made.error) } : {})
  }
}

function answerPart({ status, headers, body, encoding }: Called['answer'], hidden: Hidden): Partial<RequestLine> {
  const id = requestIds.map((name) => headers[name]).find((value) => typeof value === 'string')
  const rates = rateHeaders(headers)
  return {
    status,
    ...(headers.date === undefined ? {} : { date: hidden.in(headers.date) }),
    ...(typeof id === 'string' ? { request: hidden.in(id) } : {}),
    ...(rates ? { rates: shownIn(rates, hidden) } : {}),
    ...(encoding === undefined ? {} : { encoding: hidden.in(encoding) }),
    length: body.length,
    sha256: createHash('sha256').update(body).digest('hex')
  }
}

const shownIn = (headers: Readonly<Record<string, string>>, hidden: Hidden): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden.in(value)]))

function issuedPart(answer: Called['answer']): Partial<RequestLine> {
  const issued = answer.headers.date === undefined ? serverClock(answer) : undefined
  return issued === undefined ? {} : { issued }
}

/** Where a request asks, without secrets: an answer may have named the address. */
export const shownAt = (at: At, hidden: Hidden): At => (at.url === undefined ? at : { ...at, url: hidden.in(at.url) })

/** An answer that holds no events, as text without secrets: one must not get past by being cut in two. */
export const answerText = (body: Buffer, hidden: Hidden): string =>
  hidden.in(body.subarray(0, mostText + longestSecret).toString('utf8')).slice(0, mostText)
