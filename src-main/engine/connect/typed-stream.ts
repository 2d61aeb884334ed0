import type { Settings } from '../../contract/connect'
import type { Stream } from '../../contract/connector'

/** A stream as an analyst wrote it in a form, where names and values stand in lists and empty fields are none. */
export function typedStream(typed: unknown): Stream {
  const { request = {}, ...rest } = clean((typed ?? {}) as Settings)
  const { query, headers, body, ...asked } = request as Settings
  return {
    title: 'Events',
    order: 'newest',
    paging: { kind: 'none' },
    ...rest,
    request: {
      ...asked,
      ...(query === undefined ? {} : { query: pairs(query) }),
      ...(headers === undefined ? {} : { headers: pairs(headers) }),
      ...(body === undefined ? {} : { body: json(body) })
    }
  } as Stream
}

const clean = (settings: Settings): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== '' && value !== undefined && value !== null)
  )

const pairs = (list: unknown): Readonly<Record<string, string>> =>
  Array.isArray(list)
    ? Object.fromEntries((list as { name: string; value: string }[]).map(({ name, value }) => [name, value ?? '']))
    : (list as Record<string, string>)

/** A body is written as JSON, with templates in its texts. */
function json(body: unknown): unknown {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
