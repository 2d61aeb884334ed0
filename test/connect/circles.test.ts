import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../engine/folder'
import { type Log, pages, plainEvent, plainEvents, plainToken } from '../servers/pages'
import { type Asked, type Reply, standIn } from '../servers/strict-server'
import { plainConnector } from './plain'
import { newPull, ready } from './pulled'

const said = 'Plain events: the server gives the same events again and again.'
const events = plainEvents(4)
/** Pages that are counted, of which nothing says how many there are. */
const counted = (by: 'offset' | 'page') =>
  plainConnector('offset', 'newest', '')
    .replace('kind: offset', `kind: ${by}`)
    .replace(/ +total: .*\n/, '')
const unsized = (by: 'offset' | 'page') => counted(by).replace(/ +size: .*\n/, '')
const sized = (size: number) => counted('page').replaceAll(': 100', `: ${size}`)

/** What comes of a server that answers as it likes, whatever it is asked. */
async function pulled(definition: string, answer: (number: number, asked: Asked) => Reply) {
  const server = await standIn((asked) => {
    const { headers } = asked
    if (headers.authorization !== `Bearer ${plainToken}`) return { status: 401 }
    return server.requests.length > 1000
      ? { status: 403, body: { message: 'asked for ever' } }
      : answer(server.requests.length, asked)
  })
  onTestFinished(() => server.close())
  const { pull } = newPull({ connected: ready(definition, server.url), folder: await temporaryFolder() })
  await pull.run()
  return { report: pull.report(), requests: server.requests.length }
}

describe('a server that goes in a circle', () => {
  it('is left where its cursors lead back, with what came of it', async () => {
    const { report, requests } = await pulled(plainConnector('cursor', 'newest'), (number) => ({
      body: { data: number % 2 ? events.slice(0, 2) : events.slice(2), next: number % 2 ? 'b' : 'a' }
    }))
    expect(report).toMatchObject({ state: 'failed', fault: said, streams: [{ events: 4, repeated: 202 }], requests })
    expect(requests).toBe(103)
  })

  it('is left while it is followed, too, to be asked again at the next turn', async () => {
    const events = plainEvents(50)
    const server = await pages({ events, by: 'cursor', order: 'newest', token: plainToken, most: 100 }, (number) =>
      number === 1 ? undefined : { status: 200, body: { data: events.slice(0, 5), next: `${number % 2}` } }
    )
    onTestFinished(() => server.close())
    const { pull } = newPull({
      connected: ready(plainConnector('cursor', 'newest'), server.url),
      folder: await temporaryFolder(),
      request: { follow: 1 },
      onProgress: (_, one) => server.requests.length > 250 && one.cancel()
    })
    await pull.run()
    expect(pull.report()).toMatchObject({
      streams: [{ events: 50 }],
      notes: ['Plain events: the server gives the same events again and again.']
    })
  })

  it('is left where it gives the same, whatever stretch of time it is asked for', async () => {
    const definition = plainConnector('offset', 'newest').replace('kind: offset', 'kind: time')
    const { report, requests } = await pulled(definition, () => ({ body: { data: events } }))
    expect(report).toMatchObject({ state: 'failed', fault: said, streams: [{ events: 4, complete: false }] })
    expect(requests).toBe(102)
  })

  it('is left where it gives the same page whatever it is asked for, which says nothing of what there is', async () => {
    const { report, requests } = await pulled(unsized('offset'), () => ({ body: { data: events } }))
    const fault = 'Plain events: the server gives the same events for every page. Check how its pages are asked for.'
    expect(report).toMatchObject({ state: 'failed', fault, streams: [{ events: 4, complete: false }] })
    expect(requests).toBeLessThan(10)
  })
})

describe('a server that gives its last page for every page behind it', () => {
  const all = plainEvents(20)
  /** As Django's get_page, Pagy's last_page and PageHelper's reasonable do. */
  const clamped = (page: number, size: number): Reply => {
    const at = Math.min(page, Math.ceil(all.length / size)) - 1
    return { body: { data: all.toReversed().slice(at * size, at * size + size) } }
  }

  it.each([
    ['its size is known, and the last page is full', sized(10), 10],
    ['its size is not known', unsized('page'), 7]
  ])('is pulled to its end where %s', async (_, definition, size) => {
    const { report, requests } = await pulled(definition, (_number, { query }) =>
      clamped(Number(query.get('page')), size)
    )
    expect(report).toMatchObject({
      state: 'complete',
      streams: [{ events: 20, complete: true, missing: [] }],
      notes: [
        'Plain events: behind 20 events the server gives the same page wherever it is asked, which was taken for the last. It does not say how many events there are.'
      ]
    })
    expect(requests).toBeLessThan(12)
  })

  it('is not taken to be at its end where it says that there is more', async () => {
    const definition = unsized('page').replace('list: data', 'list: data\n    total: total')
    const { report } = await pulled(definition, (_, { query }) => ({
      body: { ...(clamped(Number(query.get('page')), 5).body as object), total: 21 }
    }))
    expect(report).toMatchObject({ state: 'failed', fault: said, streams: [{ events: 20, said: 21, complete: false }] })
  })

  it('says what it cannot know where the second page is the first once more', async () => {
    const { report } = await pulled(sized(100), () => ({ body: { data: events } }))
    expect(report).toMatchObject({
      state: 'complete',
      streams: [{ events: 4, complete: true }],
      notes: [expect.stringContaining('the second page held the same 4 events as the first')]
    })
  })
})

describe('a pull that counts its way and is resumed', () => {
  it.each(['offset', 'page'] as const)('goes past all that came before, however many pages: by %s', async (by) => {
    const log: Log = { events: plainEvents(1500), by, order: 'newest', token: plainToken, most: 10 }
    const server = await pages(log, (number) => (number === 141 ? { status: 403, body: {} } : undefined))
    onTestFinished(() => server.close())
    const definition = sized(10)
      .replace('kind: page', by === 'offset' ? 'kind: offset' : 'kind: page, next: pagination.next')
      .replace('list: data', by === 'offset' ? 'list: data' : 'list: results')
      // Nor can a stretch of time be asked for, which would keep new events out.
      .replace(/ +window: iso\n/, '')
      .replace(/, since: "\{since\}", until: "\{until\}"/, '')
    const folder = await temporaryFolder()
    const pulling = () => newPull({ connected: ready(definition, server.url), folder }).pull
    const first = pulling()
    await first.run()
    expect(first.report()).toMatchObject({ state: 'failed', streams: [{ events: 1400 }] })
    const late = Date.parse('2026-11-01')
    log.events = [...log.events, ...Array.from({ length: 1400 }, (_, index) => plainEvent(5000 + index, late + index))]
    const second = pulling()
    await second.run()
    expect(second.report().fault).toBeUndefined()
    expect(second.report()).toMatchObject({ state: 'complete', streams: [{ events: 1500, complete: true }] })
  })
})
