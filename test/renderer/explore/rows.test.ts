import { describe, expect, it } from 'vitest'
import type { EventRow } from '../../../src-main/contract/event'
import type { EventDetail } from '../../../src-main/contract/event-detail'
import { columnOf, defaultColumns, firstPresent } from '../../../src-renderer/components/explore/columns'
import { rowsAsJson, rowsAsMarkdown, rowsAsTsv } from '../../../src-renderer/components/explore/copy-rows'
import { facetRest, facetRows } from '../../../src-renderer/components/explore/facet-rows'
import { linesOf, provenanceText } from '../../../src-renderer/components/explore/field-groups'

const row: EventRow = {
  _id: '0123456789ab-7',
  '@timestamp': '2026-03-09T09:41:07.120Z',
  'user.email': 'alice@example.com',
  'event.action': 'key.create',
  'resource.id': 'key_9',
  message: 'two\tcells?\nno'
}

describe('a row', () => {
  it('names who by the best there is, and by nothing where there is nothing', () => {
    const who = columnOf('user.name').shows[0] ?? []
    expect(firstPresent(row, who)).toEqual({ field: 'user.email', value: 'alice@example.com' })
    expect(firstPresent({ _id: 'x' }, who)).toBeNull()
  })

  it('is copied with its time on the clock of the zone, and stays one row', () => {
    const columns = [...defaultColumns, 'message' as const].map(columnOf)
    expect(rowsAsTsv([row], columns, 'Europe/Berlin', true).split('\n')).toEqual([
      '@timestamp\tuser.name\tuser.email\tevent.action\tresource.name\tresource.id\tsource.ip\tevent.dataset\tmessage',
      '2026-03-09T10:41:07.120+01:00\t\talice@example.com\tkey.create\t\tkey_9\t\t\ttwo cells? no'
    ])
  })

  it('is copied for a report as a table in which nothing of the log becomes a link, a tag or another cell', () => {
    const hostile: EventRow = { _id: 'x-1', 'user.name': 'a|b', message: '<img src=x> [click](http://e.example) `x`' }
    expect(
      rowsAsMarkdown([hostile], ['user.name' as const, 'message' as const].map(columnOf), 'UTC').split('\n')
    ).toEqual([
      '| user.name | message |',
      '| --- | --- |',
      '| a\\|b | \\<img src=x> \\[click](http://e.example) \\`x\\` |'
    ])
  })

  it('is copied as one JSON document, several as a list', () => {
    expect(JSON.parse(rowsAsJson([row]))).toEqual(row)
    expect(JSON.parse(rowsAsJson([row, row]))).toEqual([row, row])
  })
})

describe('a facet', () => {
  const facet = {
    field: 'user.name',
    values: [
      { value: 'a', count: 5 },
      { value: 'b', count: 3 },
      { value: 'c', count: 2 }
    ],
    absent: 4,
    rest: 10,
    distinct: 8
  } as const

  it('lists its first values, those chosen, and what is absent', () => {
    expect(facetRows(facet, 1, ['z'])).toEqual([
      { value: 'a', count: 5 },
      { value: 'z', count: 0 },
      { value: null, count: 4 }
    ])
  })

  it('counts what it does not list', () => {
    expect(facetRest(facet, 1)).toEqual({ values: 7, events: 15 })
    expect(facetRest(facet, 50)).toEqual({ values: 5, events: 10 })
  })
})

describe('the fields of an event', () => {
  it('are grouped, and those every event should have are shown even where the log is silent', () => {
    const detail = { event: row, unconverted: {} }
    expect(linesOf(detail, 'who')).toEqual([
      { field: 'user.name', values: [] },
      { field: 'user.email', values: ['alice@example.com'] }
    ])
    expect(linesOf(detail, 'request')).toEqual([])
  })

  it('do not miss an address where something else stands in its place', () => {
    const where = (event: EventRow) => linesOf({ event, unconverted: {} }, 'where').map(({ field }) => field)
    expect(where(row)).toEqual(['source.ip'])
    expect(where({ ...row, 'source.address': 'backend' })).toEqual(['source.address'])
  })

  it('show what the log has for them, though it could not be read', () => {
    const unconverted = { 'http.response.status_code': { path: 'code', logged: 'teapot', source: 'doors' } }
    expect(linesOf({ event: row, unconverted }, 'request')).toEqual([
      { field: 'http.response.status_code', values: [] }
    ])
  })

  it('say where they come from', () => {
    const detail = {
      provenance: { 'user.name': { path: 'user.username', source: 'authentik', file: 'authentik.yaml', line: 20 } },
      unconverted: { 'event.outcome': { path: 'result', logged: 'perhaps', as: 'outcome', source: 'doors' } }
    } as unknown as EventDetail
    expect(provenanceText('user.name', detail)).toBe(
      'user.name ← user.username\nrule of authentik (authentik.yaml, line 20)'
    )
    expect(provenanceText('event.outcome', detail)).toBe(
      'event.outcome ← result, as outcome, logged “perhaps”\nrule of doors'
    )
    expect(provenanceText('source.geo.city_name', detail)).toBe('source.geo.city_name ← looked up from the address')
    expect(provenanceText('user.id', detail)).toBe('user.id: nothing in the record gives it')
  })
})
