import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../engine/folder'
import { plainEvents, plainToken } from '../servers/pages'
import { type Reply, standIn } from '../servers/strict-server'
import { plainConnector } from './plain'
import { newPull, ready } from './pulled'

const said = 'Plain events: the server gives the same events again and again.'
const events = plainEvents(4)

/** What comes of a server that answers as it likes, whatever it is asked. */
async function pulled(definition: string, answer: (number: number) => Reply) {
  const server = await standIn(({ headers }) => {
    if (headers.authorization !== `Bearer ${plainToken}`) return { status: 401 }
    return server.requests.length > 1000
      ? { status: 403, body: { message: 'asked for ever' } }
      : answer(server.requests.length)
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

  it('is left where it gives the same, whatever stretch of time it is asked for', async () => {
    const definition = plainConnector('offset', 'newest').replace('kind: offset', 'kind: time')
    const { report, requests } = await pulled(definition, () => ({ body: { data: events } }))
    expect(report).toMatchObject({ state: 'failed', fault: said, streams: [{ events: 4, complete: false }] })
    expect(requests).toBe(102)
  })

  it('is left where it gives its last page for every page behind it', async () => {
    const definition = plainConnector('offset', 'newest').replace(/ +size: .*\n/, '')
    const { report } = await pulled(definition, () => ({ body: { data: events } }))
    expect(report).toMatchObject({ state: 'failed', fault: said, streams: [{ events: 4 }] })
  })
})
