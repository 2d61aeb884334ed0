import { createHash } from 'node:crypto'
import type { Called, Failed } from './caller'
import type { Hidden } from './hidden'
import type { RequestLine } from './journal-lines'
import { serverClock } from './server-clock'
import { rateHeaders } from './waiting'

const mostText = 16 << 10

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
    ...(answer ? answerPart(answer) : {}),
    ...(answer && isSignIn ? issuedPart(answer) : {}),
    ...('error' in made && made.error !== undefined ? { error: hidden.in(made.error) } : {})
  }
}

function answerPart({ status, headers, body, encoding }: Called['answer']): Partial<RequestLine> {
  const id = requestIds.map((name) => headers[name]).find((value) => typeof value === 'string')
  const rates = rateHeaders(headers)
  return {
    status,
    ...(headers.date === undefined ? {} : { date: headers.date }),
    ...(typeof id === 'string' ? { request: id } : {}),
    ...(rates ? { rates } : {}),
    ...(encoding === undefined ? {} : { encoding }),
    length: body.length,
    sha256: createHash('sha256').update(body).digest('hex')
  }
}

function issuedPart(answer: Called['answer']): Partial<RequestLine> {
  const issued = answer.headers.date === undefined ? serverClock(answer) : undefined
  return issued === undefined ? {} : { issued }
}

/** An answer that holds no events, as text without secrets. */
export const answerText = (body: Buffer, hidden: Hidden): string =>
  hidden.in(body.subarray(0, mostText).toString('utf8'))
