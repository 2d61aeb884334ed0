import type { RequestLine } from './journal-lines'

/** A request as the chain of custody has it, in one line that people can read. */
export function requestText({ n, at, method, url, peer, status, error, length, sha256, events }: RequestLine): string {
  const bytes = length === undefined ? '' : `, ${length} bytes, SHA-256 ${sha256}`
  const came = status === undefined ? (error ?? 'no answer') : `${status}${bytes}`
  const from = peer === undefined ? '' : ` from ${peer}`
  return `${n} ${at} ${method} ${url}${from}: ${came}${events === undefined ? '' : `, ${events} events`}`
}
