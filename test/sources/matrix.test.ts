import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { csvReading, headerNames, textReading } from '../../src-main/engine/import/format'
import { unwrapped } from '../../src-main/engine/import/peel'
import { matches } from '../../src-main/engine/normalise/recognise'
import { shippedSources } from './shipped'

const root = join(import.meta.dirname, '../fixtures/sources')
const sources = await shippedSources()

/** A record's text as a definition reads it, whatever the file is: undefined where it cannot. */
function documentFor({ read }: Source, header: string, text: string): unknown {
  const reading = () => {
    switch (read.as) {
      case 'json':
        return { document: (read.unwrap && unwrapped(read.unwrap)(text)) || text }
      case 'csv':
        return csvReading(headerNames(header, ','), { as: 'csv', delimiter: ',', cells: read.cells ?? {} })(text)
      case 'lines':
        return textReading([read.pattern])(text)
    }
  }
  try {
    const read = reading()
    return 'document' in read ? JSON.parse(read.document) : undefined
  } catch {
    return undefined
  }
}

/** The texts of the records in a fixture, as its format cuts them. */
function recordsOf(name: string, content: string): string[] {
  if (!name.endsWith('.json')) return content.split(/\r?\n/).filter((line) => line.trim() !== '')
  return listIn(JSON.parse(content)).map((record) => JSON.stringify(record))
}

/** The list of an answer: it may stand at any depth, and lists of nothing beside it. */
function listIn(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer
  if (answer === null || typeof answer !== 'object') return []
  return Object.values(answer)
    .map(listIn)
    .reduce((longest, list) => (list.length > longest.length ? list : longest), [])
}

const fixtures = sources.flatMap(({ id }) =>
  readdirSync(join(root, id))
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => ({ id, name }))
)

describe('recognition', () => {
  it.each(fixtures)('gives no record of $id/$name to two definitions', ({ id, name }) => {
    const records = recordsOf(name, readFileSync(join(root, id, name), 'utf8'))
    const found = records.map((text) =>
      sources
        .filter((source) => matches(source.recognise, documentFor(source, records[0] as string, text)))
        .map((one) => one.id)
    )
    expect(found.filter((ids) => ids.length > 1)).toEqual([])
    const known = new Set(found.flat())
    expect([...known].sort()).toEqual(name.startsWith('both-shapes') ? ['authorization-hub', id] : [id])
  })

  it('knows none of these', () => {
    const strangers = [
      { id: 1, action: 'created', data: {} },
      { time: 1773049267120, type: 'x' },
      { event: 'login', user: 'kim', time: '2026-03-09T09:41:07Z' },
      { '@timestamp': '2026-03-09T09:41:07Z', message: 'type=A, x=1' },
      { operation: 'read', result: 'ok' },
      { eventTime: '2026-03-09T09:41:07Z', eventName: 'x' },
      { timestamp: '2026-03-09T09:41:07Z', category: 'audit', realm_id: 'r', type: 'x' }
    ].map((record) => JSON.stringify(record))
    for (const text of strangers) {
      const found = sources.filter((source) => matches(source.recognise, documentFor(source, '', text)))
      expect(found.map(({ id }) => id)).toEqual([])
    }
  })
})
