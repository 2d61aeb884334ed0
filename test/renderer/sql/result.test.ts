import { describe, expect, it } from 'vitest'
import type { SqlResult } from '../../../src-main/contract/sql-result'
import { blockText, wholeOf } from '../../../src-renderer/components/sql/copy-result'
import { filterOffers } from '../../../src-renderer/components/sql/result-filter'

const result = (columns: Record<string, string>, rows: unknown[][]): SqlResult => ({
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  rows,
  more: false,
  seconds: 0.01
})
const logins = result({ _id: 'VARCHAR', 'user.name': 'VARCHAR', n: 'BIGINT', labels: 'JSON' }, [
  ['4f2a90c1d3e7-1', 'alice', 3, { a: 'x|y' }],
  ['4f2a90c1d3e7-2', null, 5, null],
  ['4f2a90c1d3e7-2', 'say "hi",\tnow\n', 8, [1, 2]]
])

describe('a result is copied', () => {
  it('tab-separated, with its head, one line a row whatever stands in a value', () => {
    expect(blockText(logins, wholeOf(logins), 'tsv')).toBe(
      '_id\tuser.name\tn\tlabels\n4f2a90c1d3e7-1\talice\t3\t{"a":"x|y"}\n4f2a90c1d3e7-2\t\t5\t\n4f2a90c1d3e7-2\tsay "hi", now \t8\t[1,2]'
    )
  })

  it('as the value alone, where one cell is marked', () => {
    expect(blockText(logins, { columns: [1, 1], rows: [2, 2] }, 'tsv')).toBe('say "hi",\tnow\n')
  })

  it('as JSON that keeps numbers, lists and what is absent', () => {
    expect(JSON.parse(blockText(logins, { columns: [1, 3], rows: [1, 2] }, 'json'))).toEqual([
      { 'user.name': null, n: 5, labels: null },
      { 'user.name': 'say "hi",\tnow\n', n: 8, labels: [1, 2] }
    ])
  })

  it('as a table of Markdown, in which no value ends a cell', () => {
    expect(blockText(logins, { columns: [1, 3], rows: [0, 0] }, 'markdown')).toBe(
      '| user.name | n | labels |\n| --- | --- | --- |\n| alice | 3 | {"a":"x\\|y"} |'
    )
  })

  it('as CSV, quoted where it must be', () => {
    expect(blockText(logins, { columns: [1, 2], rows: [1, 2] }, 'csv')).toBe(
      'user.name,n\r\n,5\r\n"say ""hi"",\tnow\n",8\r\n'
    )
  })
})

describe('a result becomes a filter', () => {
  it('of the events it names, each once, and of the values it holds, absent ones too', () => {
    expect(filterOffers(logins, wholeOf(logins))).toEqual([
      {
        title: 'Only these 2 events',
        note: '_id',
        filter: { kind: 'events', ids: ['4f2a90c1d3e7-1', '4f2a90c1d3e7-2'] }
      },
      {
        title: 'User: 3 values',
        filter: {
          kind: 'or',
          of: [
            { kind: 'is', field: 'user.name', values: ['alice', 'say "hi",\tnow\n'], exact: true },
            { kind: 'not', of: { kind: 'present', field: 'user.name' } }
          ]
        }
      }
    ])
  })

  it('of what is marked alone', () => {
    expect(filterOffers(logins, { columns: [1, 2], rows: [0, 0] })).toEqual([
      { title: 'User: alice', filter: { kind: 'is', field: 'user.name', values: ['alice'], exact: true } }
    ])
  })

  it('of the time it spans, both ends included', () => {
    const times = result({ '@timestamp': 'TIMESTAMP' }, [
      ['2026-03-09T10:00:00.000Z'],
      [null],
      ['2026-03-09T09:00:00.000Z']
    ])
    expect(filterOffers(times, wholeOf(times))).toEqual([
      {
        title: 'Time: from the first to the last',
        filter: {
          kind: 'range',
          field: '@timestamp',
          from: '2026-03-09T09:00:00.000Z',
          to: '2026-03-09T10:00:00.000Z',
          including: true
        }
      }
    ])
  })

  it('not where it names more events than a filter holds, and says so', () => {
    const many = result(
      { _id: 'VARCHAR' },
      Array.from({ length: 10_001 }, (_, at) => [`4f2a90c1d3e7-${at + 1}`])
    )
    expect(filterOffers(many, wholeOf(many))).toEqual([
      { title: 'Only these 10,001 events', note: 'more than 10,000: narrow it, or mark a part' }
    ])
  })

  it('not by columns that are none of an event', () => {
    const counts = result({ n: 'BIGINT', record: 'BIGINT' }, [[1, 2]])
    expect(filterOffers(counts, wholeOf(counts))).toEqual([])
  })
})
