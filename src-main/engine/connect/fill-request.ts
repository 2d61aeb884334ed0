import type { RequestTemplate, Template } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { refuseCredentials } from './refuse-credentials'
import { fill, fillBody, fillEach, type Values } from './template'

/** A request as it goes out, but for what shows who asks. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request from its template; `next` is the address an answer named instead. */
export function fillRequest(
  { method = 'GET', url, query = {}, headers = {}, body, form }: RequestTemplate,
  values: Values,
  common: Readonly<Record<string, Template>> = {},
  next?: string
): Outgoing {
  const address = next ?? withQuery(addressOf(url, values), query, values)
  const filled: Record<string, string> = {}
  for (const [name, template] of Object.entries({ ...common, ...headers })) {
    const value = fill(template, values)
    if (value !== undefined) filled[name.toLowerCase()] = value
  }
  const given = { method, url: address, headers: { accept: 'application/json', ...filled } }
  if (method === 'GET') return given
  return form ? withForm(given, form, values) : withJson(given, body === undefined ? {} : fillBody(body, values))
}

/** An address: a setting at its beginning is one itself, others are escaped. */
export function addressOf(template: Template, values: Values): string {
  const filled = fill(template, values, (text, at) =>
    at === 0 ? text.trim().replace(/\/+$/, '') : encodeURIComponent(text)
  )
  if (filled === undefined) throw new AppError('settings_invalid', `The address ${template} lacks a setting.`)
  if (!URL.canParse(filled) || !/^https?:/i.test(filled))
    throw new AppError('settings_invalid', `${filled} is no address: it begins with https:// and names a host.`)
  refuseCredentials(filled)
  return filled
}

function withQuery(address: string, query: NonNullable<RequestTemplate['query']>, values: Values): string {
  const url = new URL(address)
  for (const [name, template] of Object.entries(query))
    for (const value of fillEach(template, values)) url.searchParams.append(name, value)
  // Not every server reads + as a space; a plus of a value is escaped already.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}

function withForm(given: Outgoing, form: NonNullable<RequestTemplate['form']>, values: Values): Outgoing {
  const pairs = Object.entries(form).flatMap(([name, template]) =>
    fillEach(template, values).map((value) => [name, value])
  )
  const headers = { ...given.headers, 'content-type': 'application/x-www-form-urlencoded' }
  return { ...given, headers, body: new URLSearchParams(pairs as [string, string][]).toString() }
}

const withJson = (given: Outgoing, body: unknown): Outgoing => ({
  ...given,
  headers: { ...given.headers, 'content-type': 'application/json' },
  body: JSON.stringify(body)
})
