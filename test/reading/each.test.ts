import { describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { caseKnowing } from './log'

const reports: Source = {
  id: 'reports',
  title: 'Reports',
  read: { as: 'json', each: 'events' },
  recognise: { all: ['id.time', 'events.name'] },
  event: {
    '@timestamp': 'id.time',
    'event.id': 'id.unique',
    'event.action': 'events.name',
    'user.name': 'actor.email',
    'labels.number': 'events.number'
  },
  samples: []
}
const plain: Source = {
  id: 'plain',
  title: 'Plain',
  read: { as: 'json' },
  recognise: { all: ['at', 'act'] },
  event: { '@timestamp': 'at', 'event.action': 'act' },
  samples: []
}
const report = (unique: string, ...names: string[]) => ({
  id: { time: '2026-03-09T09:41:07Z', unique },
  actor: { email: 'ada@acme.test' },
  events: names.map((name) => ({ name }))
})
const lines = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n')
const actions = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['event.action'])

describe('a record that holds a list of events', () => {
  it('becomes an event for each, with the record’s text and place beside every one', async () => {
    const text = lines(report('1', 'login', 'grant'), report('2', 'logout'))
    const { line, rows } = await caseKnowing(reports)('r.jsonl', text)
    expect(line).toMatchObject({
      source: 'reports',
      records: 3,
      events: 3,
      duplicates: 0,
      conflicts: 0,
      balanced: true
    })
    expect(line.notes).toEqual(['2 records of the file hold 3 events'])
    expect(actions(rows)).toEqual(['login', 'grant', 'logout'])
    expect(rows.map((row) => row['user.name'])).toEqual(['ada@acme.test', 'ada@acme.test', 'ada@acme.test'])
  })

  it('keeps two events alike in one record; the same record again is a duplicate of each', async () => {
    const into = caseKnowing(reports)
    const first = await into('a.jsonl', lines(report('1', 'view', 'view')))
    expect(first.line).toMatchObject({ events: 2, duplicates: 0, conflicts: 0 })
    const again = await into('b.json', JSON.stringify([report('1', 'view', 'view'), report('3', 'view')], null, 1))
    expect(again.line).toMatchObject({ events: 3, duplicates: 2, conflicts: 0 })
  })

  it('without events, or with none in the list, is one record as it is', async () => {
    const { id, actor } = report('9')
    const { line, rows } = await caseKnowing(reports)(
      'r.jsonl',
      lines(report('1', 'login'), report('2'), { id, actor, events: 'none' }, { id, actor })
    )
    expect(line).toMatchObject({ records: 4, events: 4, notes: [] })
    expect(actions(rows)).toEqual(['login', undefined, undefined, undefined])
  })

  it('leaves the records of other sources in the file alone, and broken ones as they are', async () => {
    const other = { at: '2026-03-09T09:41:07Z', act: 'x', events: [{ name: 'a' }, { name: 'b' }] }
    const text = `${lines(report('1', 'login', 'grant'), other)}\n{"id":{"time"\n\n${lines(report('2', 'logout'))}`
    const { line, rows } = await caseKnowing(plain, reports)('mixed.jsonl', text)
    expect(line).toMatchObject({ records: 6, events: 4, unreadable: 1, blank: 1, balanced: true })
    expect(rows.map((row) => [row['status'], row['event.dataset'], row['event.action']])).toEqual([
      [undefined, 'reports', 'login'],
      [undefined, 'reports', 'grant'],
      [undefined, 'plain', 'x'],
      ['unreadable', undefined, undefined],
      ['blank', undefined, undefined],
      [undefined, 'reports', 'logout']
    ])
  })

  it('keeps numbers of more digits than a program’s number holds', async () => {
    const record = {
      ...report('1'),
      events: [
        { name: 'a', number: 'N' },
        { name: 'b', number: 'N' }
      ]
    }
    const text = JSON.stringify(record).replaceAll('"N"', '12345678901234567891')
    const { rows } = await caseKnowing(reports)('r.jsonl', text)
    expect(rows.map((row) => row['labels'])).toEqual([
      { number: '12345678901234567891' },
      { number: '12345678901234567891' }
    ])
  })

  it('of too many entries for its size is one unreadable record that says so', async () => {
    const many = { ...report('1'), events: Array.from({ length: 9000 }, (_, n) => ({ name: 'x'.repeat(20), n })) }
    const { line, rows } = await caseKnowing(reports)('r.jsonl', lines(report('0', 'login'), many))
    expect(line).toMatchObject({ records: 2, events: 1, unreadable: 1, balanced: true })
    expect(actions(rows)).toEqual(['login', undefined])
  })
})
