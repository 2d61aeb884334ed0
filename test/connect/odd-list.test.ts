import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { standIn } from '../servers/strict-server'
import { connectedEngine, shown } from './engine'

const definition = `id: odd
title: Odd
settings: { type: object, required: [base], properties: { base: { type: string } } }
auth: { kind: none }
streams:
  events:
    title: Odd events
    request: { url: "{base}/odd", query: { from: "{cursor}" } }
    list: '"the.things".done'
    id: id
    time: at
    order: oldest
    paging: { kind: cursor, next: further }
`

const event = (number: number) => ({
  id: `e${number}`,
  at: new Date(Date.parse('2026-11-01T00:00:00Z') + number * 1000).toISOString(),
  deed: 'changed',
  doer: `person-${number % 3}`,
  // Looks more like a list of records than the records themselves do.
  results: [
    { time: '2026-01-01T00:00:00Z', name: 'a' },
    { time: '2026-01-01T00:00:00Z', name: 'b' }
  ]
})

it('reads events from where the connector says they are, though it looks otherwise, and so again later', async () => {
  const server = await standIn(({ query }) => {
    const from = Number(query.get('from') ?? 0)
    const done = [event(from)]
    return {
      body: {
        at: '2026-11-21T12:00:00Z',
        'the.things': { done },
        notes: [],
        ...(from < 4 ? { further: String(from + 1) } : {})
      }
    }
  })
  onTestFinished(() => server.close())
  const { engine, home } = await connectedEngine()
  await mkdir(join(home, 'connectors'), { recursive: true })
  await writeFile(join(home, 'connectors', 'odd.yaml'), definition)
  await engine.saveConnection({ name: 'Odd', connector: 'odd', settings: { base: server.url } })
  const report = await engine.pull({ connection: 'odd' })
  expect(report).toMatchObject({ state: 'complete', refused: [], streams: [{ events: 5, complete: true }] })
  expect(await shown(engine)).toBe(5)
  const [line] = await engine.ledger()
  expect(line).toMatchObject({ records: 5, events: 5, unreadable: 0, list: ['the.things', 'done'] })
  const again = await engine.readAgain({ evidence: line?.sha256 ?? '' })
  expect(again.evidence).toMatchObject([{ records: 5, events: 5, list: ['the.things', 'done'] }])
  expect((await engine.verify()).clean).toBe(true)
})
