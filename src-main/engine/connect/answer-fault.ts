import type { AnswerFault } from '../../contract/connector'
import { AppError, type ErrorCode } from '../../contract/errors'
import type { Outgoing } from './fill-request'
import type { Hidden } from './hidden'
import type { Answer } from './line'
import { serverWords } from './server-words'
import { sentence, type Values } from './template'
import { remainingIn } from './waiting'

/** Statuses after which the same request may go well. */
export const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

const usual: Readonly<Record<number, (host: string, path: string) => string>> = {
  400: (host) => `${host} does not understand the request (400).`,
  401: (host) =>
    `${host} does not accept who asks (401): the secret is wrong, or was withdrawn. Give the right one in the connection.`,
  403: (host, path) =>
    `${host} does not permit this (403): what the connection signs in with may not read ${path}. Grant it the right to read the audit log.`,
  404: (host, path) => `${host} has nothing at ${path} (404). Check the address and the names in the connection.`,
  405: (host, path) => `${host} does not take this request at ${path} (405). Check the address in the connection.`,
  407: () => `The proxy wants a user and a password (407): give them in the connection.`,
  429: (host) =>
    `${host} turns us away for asking too often (429), again and again. Try later, or ask for fewer events.`
}

const codes: Readonly<Record<number, ErrorCode>> = { 401: 'sign_in_refused', 403: 'not_permitted', 429: 'rate_limited' }
/** A sign-in that is refused is, with whatever status: OAuth says 400 of a password, and of a token that has ended. */
const signInCodes: typeof codes = { ...codes, 400: 'sign_in_refused', 403: 'sign_in_refused' }

/** The error that an answer stands for: in the connector's words where it has some, and with the server's own behind. */
export function answerFault(
  { status, headers, body }: Answer,
  { url }: Outgoing,
  faults: readonly AnswerFault[],
  values: Values,
  hidden: Hidden,
  isSignIn = false
): AppError {
  const { host, pathname, origin } = new URL(url)
  if (status >= 300 && status < 400) return redirected(String(headers.location ?? ''), origin, host)
  const words = serverWords(body, hidden)
  const text = textOf(body)
  const known = faultFor(status, text, faults)
  const said = known
    ? sentence(known.sentence, values)
    : (usual[status]?.(host, pathname) ??
      (status >= 500 ? `${host} fails (${status}), again and again. Try later.` : `${host} answers ${status}.`))
  const theirs = words && !said.includes(words) ? ` It says: “${words}”` : ''
  const code = known?.again ? 'rate_limited' : ((isSignIn ? signInCodes : codes)[status] ?? 'answer_refused')
  return new AppError(code, `${said}${theirs}`, { status })
}

/** Whether an answer says that we ask too often: some products say so with another status than 429. */
export function isLimit({ status, headers, body }: Answer, faults: readonly AnswerFault[]): boolean {
  if (status === 429) return true
  if (status === 403 && (headers['retry-after'] !== undefined || remainingIn(headers) === 0)) return true
  return faultFor(status, textOf(body), faults)?.again === true
}

const textOf = (body: Buffer): string => body.subarray(0, 64 << 10).toString('utf8')

/** The first fault that fits. */
const faultFor = (status: number, text: string, faults: readonly AnswerFault[]): AnswerFault | undefined =>
  faults.find((one) => [one.status].flat().includes(status) && (one.body === undefined || text.includes(one.body)))

function redirected(location: string, origin: string, host: string): AppError {
  const to = URL.canParse(location, origin) ? new URL(location, origin) : undefined
  const where = to && to.origin !== origin ? to.origin : (to?.pathname ?? 'somewhere it does not say')
  const sentence = `${host} sends us on to ${where}, where nothing was asked: a connection contacts its own host only. If that is the right place, make it the address of the connection.`
  return new AppError('host_refused', sentence)
}

/** What an answer holds that is JSON. */
export function jsonOf(answer: Answer, outgoing: Outgoing): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8'))
  } catch {
    throw notJson(answer, outgoing)
  }
}

/** What is in an answer that should be JSON and is not. */
function notJson({ headers, body }: Answer, { url }: Outgoing): AppError {
  const { host, pathname } = new URL(url)
  const type = String(headers['content-type'] ?? '')
  const isPage = /html/i.test(type) || /^\s*</.test(body.subarray(0, 100).toString('latin1'))
  const sentence = isPage
    ? `${host} answers ${pathname} with a page for people instead of JSON: the address may be that of the console, or something in between wants a sign-in first.`
    : `${host} answers ${pathname} with something that is no JSON${type ? ` (${type})` : ''}. Check the address.`
  return new AppError('answer_refused', sentence)
}
