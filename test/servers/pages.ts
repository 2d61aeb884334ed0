import { type Asked, Refused, type Reply, type StandIn, standIn, type Trouble } from './strict-server'

/** An event of a product that nobody makes: what matters is how it is given. */
export interface PlainEvent {
  readonly id: string
  readonly time: string
  readonly action: string
  readonly actor: string
}

/** A product with an own log, given in pages: in one of the ways in which products do. */
export interface Log {
  events: PlainEvent[]
  readonly by: 'cursor' | 'link' | 'url' | 'offset' | 'page'
  readonly order: 'newest' | 'oldest'
  readonly token: string
  /** The most there may be on a page. */
  readonly most: number
  /** Milliseconds that it takes to find a page. */
  readonly delay?: number
  /** Called before each page: new events arrive, others expire. */
  arriving?: (page: number) => void
}

export const plainToken = 'a-token-nobody-may-see'

export const plainEvents = (count: number, first = Date.parse('2026-10-01T00:00:00Z'), every = 1000): PlainEvent[] =>
  Array.from({ length: count }, (_, index) => plainEvent(index, first + index * every))

export const plainEvent = (index: number, time: number): PlainEvent => ({
  id: `event-${String(index).padStart(7, '0')}`,
  time: new Date(time).toISOString(),
  action: `thing.${['created', 'changed', 'removed'][index % 3]}`,
  actor: `person-${index % 40}`
})

/** Serves a log as strictly as products do: what it does not know it refuses. */
export async function pages(log: Log, trouble?: Trouble): Promise<StandIn> {
  let page = 0
  const server: StandIn = await standIn((asked) => {
    if (asked.path !== '/log') throw new Refused(404, { message: 'no such path' })
    if (asked.method !== 'GET') throw new Refused(405, { message: 'only GET' })
    if (asked.headers.authorization !== `Bearer ${log.token}`) throw new Refused(401, { message: 'bad token' })
    log.arriving?.(++page)
    return { ...pageOf(log, asked, server.url), ...(log.delay ? { after: log.delay } : {}) }
  })
  server.trouble = trouble
  return server
}

const known: Readonly<Record<Log['by'], readonly string[]>> = {
  cursor: ['cursor'],
  link: ['after'],
  url: ['after'],
  offset: ['offset'],
  page: ['page']
}

/** The same events are asked for page by page: what they are is worked out once. */
let last:
  | {
      readonly key: string
      readonly of: readonly PlainEvent[]
      readonly all: readonly PlainEvent[]
      readonly places: ReadonlyMap<string, number>
    }
  | undefined

function wanted(events: readonly PlainEvent[], since: string, until: string, order: Log['order']) {
  const key = `${events.length} ${since} ${until} ${order}`
  if (last?.key !== key || last.of !== events) {
    const within = events.filter(({ time }) => time >= since && time <= until)
    const all = order === 'newest' ? within.reverse() : within
    last = { key, of: events, all, places: new Map(all.map(({ id }, place) => [id, place])) }
  }
  return last
}

function pageOf({ events, by, order, most }: Log, { query }: Asked, base: string): Reply {
  for (const name of query.keys())
    if (![...known[by], 'limit', 'since', 'until'].includes(name))
      throw new Refused(400, { message: `unknown parameter ${name}` })
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1) throw new Refused(400, { message: 'limit is no number' })
  const size = Math.min(limit, most)
  const [since, until] = [query.get('since') ?? '', query.get('until') ?? '9']
  const { all, places } = wanted(events, since, until, order)
  const after = query.get('cursor') ?? query.get('after')
  const start =
    by === 'offset'
      ? Number(query.get('offset') ?? 0)
      : by === 'page'
        ? (Number(query.get('page') ?? 1) - 1) * size
        : after === null
          ? 0
          : (places.get(Buffer.from(after, 'base64url').toString()) ?? -1) + 1
  const data = all.slice(start, start + size)
  const more = start + size < all.length
  const last = data.at(-1)
  const next = more && last ? Buffer.from(last.id).toString('base64url') : null
  const address = () => {
    const url = new URL('/log', base)
    for (const [name, value] of query) if (name !== 'after') url.searchParams.append(name, value)
    url.searchParams.set('after', next ?? '')
    return url.href
  }
  switch (by) {
    case 'cursor':
      return { body: { data, next } }
    case 'link':
      return { body: data, headers: next ? { link: `<${base}/log>; rel="first", <${address()}>; rel="next"` } : {} }
    case 'url':
      return { body: { value: data, ...(next ? { '@next.link': address() } : {}) } }
    case 'offset':
      return { body: { data, total: all.length } }
    case 'page':
      return {
        body: { results: data, pagination: { next: more ? Number(query.get('page') ?? 1) + 1 : 0, count: all.length } }
      }
  }
}
