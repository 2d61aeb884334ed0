import { describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { caseKnowing } from './log'

const door: Source = {
  id: 'door',
  title: 'Door',
  read: { as: 'json' },
  recognise: { all: ['at', 'who', 'did'] },
  event: { '@timestamp': 'at', 'user.name': 'who', 'event.action': 'did' },
  samples: []
}
const record = (n: number) => ({
  at: `2026-03-09T09:41:0${n}Z`,
  who: `ada${n}`,
  did: 'open',
  doors: [{ id: n }, { id: 7 }]
})
const three = [record(1), record(2), record(3)]
const foreign = (n: number) => ({ when: `2026-03-09T09:41:0${n}Z`, user: `ada${n}`, action: 'open' })
const strangers = [foreign(1), foreign(2), foreign(3)]
const names = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['user.name'])

describe('a list of records that a source knows is found', () => {
  const around: [string, unknown][] = [
    ['under any key', { kellerei: three }],
    ['under a key with a dot, quotes and another script', { 'журнал."a".b': three }],
    ['two levels down', { data: { hits: three } }],
    [
      'five levels down, beside other lists',
      { a: [{ x: 1 }], b: { c: { d: { e: three, f: [1, 2] } }, users: [{ id: 1 }] } }
    ],
    [
      'in pages',
      [
        { page: 1, list: [record(1)] },
        { page: 2, list: [record(2), record(3)] }
      ]
    ],
    ['in groups of groups', { groups: [{ of: [{ logs: [record(1)] }, { logs: [record(2), record(3)] }] }] }],
    ['behind an empty list of the same name', { hits: [], data: { hits: three } }],
    ['behind much else', { note: 'x'.repeat(300_000), more: { list: three } }]
  ]
  for (const [where, content] of around) {
    it.each([0, 2])(`${where} (indent %j)`, async (indent) => {
      const { line, rows } = await caseKnowing(door)('log.json', JSON.stringify(content, null, indent))
      expect(line).toMatchObject({ source: 'door', records: 3, events: 3, unreadable: 0, balanced: true })
      expect(line.guessed).toBeUndefined()
      expect(names(rows)).toEqual(['ada1', 'ada2', 'ada3'])
    })
  }

  it('says which other lists of the file are not read', async () => {
    const { line } = await caseKnowing(door)('log.json', JSON.stringify({ users: [{ id: 1 }], data: { hits: three } }))
    expect(line.notes).toEqual([
      'the records are those of the list data.hits; another list beside it (users) is not read'
    ])
  })

  it('where a definition names it, by its keys with dots between', async () => {
    const source: Source = { ...door, read: { as: 'json', records: 'data.hits' }, recognise: { all: ['never'] } }
    const content = JSON.stringify({ data: { hits: three, items: three, when: '2026-03-09T09:41:00Z' } })
    const { line } = await caseKnowing(source)('log.json', content, 'door')
    expect(line).toMatchObject({ source: 'door', records: 3, events: 3 })
  })
})

describe('a list of records that no source knows', () => {
  it.each<[string, unknown]>([
    ['under a key that exports use', { total: 3, data: strangers }],
    ['two levels down', { status: 'ok', data: { hits: strangers } }],
    ['under any key', { exported: '2026-03-10T00:00:00Z', kellerei: strangers }]
  ])('is found %s', async (_, content) => {
    const { line, rows } = await caseKnowing()('log.json', JSON.stringify(content))
    expect(line).toMatchObject({ records: 3, events: 3 })
    expect(names(rows)).toEqual(['ada1', 'ada2', 'ada3'])
  })

  it('is not mistaken for one where it is a part of an event', async () => {
    const events = [1, 2].map((n) => ({ ...foreign(n), items: [{ name: 'door' }, { name: 'gate' }, { name: 'safe' }] }))
    for (const text of [events.map((one) => JSON.stringify(one)).join('\n'), JSON.stringify(events[0])]) {
      const { line, rows } = await caseKnowing()('log.jsonl', text)
      expect(line.unreadable).toBe(0)
      expect(rows[0]).toMatchObject({ 'user.name': 'ada1', 'event.action': 'open' })
    }
  })
})

describe('records one after another', () => {
  it.each<[string, string]>([
    ['with nothing between', three.map((one) => JSON.stringify(one)).join('')],
    ['over several lines each', three.map((one) => JSON.stringify(one, null, 2)).join('\n')],
    ['over several lines each, with commas', three.map((one) => JSON.stringify(one, null, 2)).join(',\n')],
    ['as arrays', three.map((one) => JSON.stringify([one])).join('\n')],
    ['as objects around lists', three.map((one) => JSON.stringify({ list: [one] }, null, 1)).join('\n')]
  ])('are read %s', async (_, text) => {
    const { line, rows } = await caseKnowing(door)('log.json', text)
    expect(line).toMatchObject({ source: 'door', records: 3, events: 3, balanced: true })
    expect(names(rows)).toEqual(['ada1', 'ada2', 'ada3'])
  })
})
