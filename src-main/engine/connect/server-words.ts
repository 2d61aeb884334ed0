import type { Hidden } from './hidden'

/** Where products say in an answer what went wrong. */
const places = [
  'error_description',
  'errorSummary',
  'errorMessage',
  'detail',
  'message',
  'description',
  'title',
  'error',
  'errors'
] as const

/** What a server says of a request that it refuses, in its own words but without secrets; undefined where it says nothing readable. */
export function serverWords(body: Buffer, hidden: Hidden, most = 300): string | undefined {
  const text = body
    .subarray(0, 64 << 10)
    .toString('utf8')
    .trim()
  if (text === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // A page for people says it in its title.
    const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1]
    if (title === undefined && text.startsWith('<')) return undefined
    return shortened(hidden.in(title ?? text), most)
  }
  const found = said(value, 0)
  return found === undefined ? undefined : shortened(hidden.in(found), most)
}

function said(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string' && value.trim()) return value
  if (depth > 3 || value === null || typeof value !== 'object') return undefined
  if (Array.isArray(value)) return said(value[0], depth + 1)
  for (const place of places) {
    const found = Object.hasOwn(value, place) ? said((value as Record<string, unknown>)[place], depth + 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function shortened(text: string, most: number): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}
