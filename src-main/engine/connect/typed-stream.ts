import { Ajv } from 'ajv'
import type { Settings } from '../../contract/connect'
import type { Stream } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { streamSchema } from './connector-schema'

const check = new Ajv({ strict: false, allErrors: false }).compile<Stream>(streamSchema)

/** A stream as an analyst wrote it in a form: in groups, with names and values in lists, and empty fields that are none. */
export function typedStream(typed: unknown): Stream {
  const { answer, times, ...plain } = clean((typed ?? {}) as Settings)
  const { request = {}, ...rest } = { ...plain, ...(answer as Settings), ...(times as Settings) } as Settings
  const { query, headers, body, ...asked } = request as Settings
  const { size } = rest
  const stream = {
    title: 'Events',
    order: 'newest',
    ...rest,
    paging: pagingOf(rest['paging'] as Settings | undefined),
    ...(size === undefined ? {} : { size: { most: (size as Settings)['usual'], ...(size as Settings) } }),
    request: {
      ...asked,
      ...(query === undefined ? {} : { query: pairs(query) }),
      ...(headers === undefined ? {} : { headers: pairs(headers) }),
      ...(body === undefined ? {} : { body: json(body) })
    }
  }
  if (check(stream)) return stream
  const [error] = check.errors ?? []
  const where = error?.instancePath.slice(1).replaceAll('/', '.') || 'what is asked'
  const lacking = error?.params['missingProperty'] as string | undefined
  const why = lacking === undefined ? (error?.message ?? 'is not right') : `lacks “${lacking}”`
  throw new AppError('settings_invalid', `The events of this connection cannot be asked for: ${where} ${why}.`)
}

const pagingKeys: Readonly<Record<string, readonly string[]>> = {
  cursor: ['next', 'more'],
  url: ['next'],
  page: ['first', 'next']
}

/** Of a form that has fields for every way of paging those of the one that was chosen. */
function pagingOf({ kind = 'none', ...rest }: Settings = {}): Settings {
  const own = pagingKeys[String(kind)] ?? []
  return { kind, ...Object.fromEntries(Object.entries(rest).filter(([name]) => own.includes(name))) }
}

/** Fields that hold something, however deep. */
function clean(settings: Settings): Record<string, unknown> {
  const cleaned = Object.entries(settings).map(
    ([name, value]) => [name, isPlain(value) ? clean(value) : value] as const
  )
  return Object.fromEntries(
    cleaned.filter(([, value]) => value !== '' && value !== undefined && value !== null && !isEmpty(value))
  )
}

const isPlain = (value: unknown): value is Settings =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const isEmpty = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && Object.keys(value).length === 0

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
    throw new AppError('settings_invalid', 'The body is no JSON. Placeholders stand in quotes: { "limit": "{size}" }.')
  }
}
