import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sourceSchema } from '../../../src-main/engine/normalise/source-schema'
import { type FormValue, fromForm, toForm } from '../../../src-renderer/components/mapping/source-form'
import { type Schema, shapeOf } from '../../../src-renderer/components/mapping/source-shape'
import { edited } from '../../../src-renderer/components/mapping/source-yaml'

const folder = join(import.meta.dirname, '../../../resources/sources')
const shape = shapeOf(sourceSchema as unknown as Schema)
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)

const doors = `# Doors of the house.
id: doors
title: Doors # for people
read: { as: csv }
recognise:
  # These two are never empty.
  all: [when, badge]
event:
  "@timestamp": { from: when, as: epoch_ms } # milliseconds
  user.name: [holder, badge] # the first there is
  # Who knows what else.
  event.severity:
    sql: >-
      CASE WHEN record->>'what' = 'forced'
        THEN 5 END
categories:
  "open*": data
  "*": system
samples: []
`
type Form = Record<string, FormValue> & { event: Record<string, string>[]; categories: Record<string, string>[] }
const form = (yaml: string) => toForm(shape, parse(yaml)) as Form

/** The text after a person changed the form. */
function after(yaml: string, change: (form: Form) => void): string {
  const before = form(yaml)
  const now = structuredClone(before)
  change(now)
  return edited(yaml, fromForm(shape, before), fromForm(shape, now))
}

describe('the form of a definition', () => {
  it.each(shipped)('says of %s what its text says, but for its samples', (_, yaml) => {
    const { samples: _samples, ...said } = parse(yaml)
    // A mapping that is a list of one path says what the path alone does.
    for (const [field, mapping] of Object.entries(said.event)) {
      if (Array.isArray(mapping) && mapping.length === 1) said.event[field] = mapping[0]
    }
    expect(fromForm(shape, toForm(shape, said))).toEqual(said)
  })

  it('shows mappings as rows, patterns as rows, and lists with commas', () => {
    const { event, categories, recognise, read } = form(doors)
    expect(event).toEqual([
      { field: '@timestamp', from: 'when', as: 'epoch_ms' },
      { field: 'user.name', from: 'holder, badge', as: '' },
      { field: 'event.severity', from: "CASE WHEN record->>'what' = 'forced'\n  THEN 5 END", as: 'sql' }
    ])
    expect(categories).toEqual([
      { name: 'open*', value: 'data' },
      { name: '*', value: 'system' }
    ])
    expect(recognise).toMatchObject({ all: 'when, badge', any: '', equals: [] })
    expect(read).toMatchObject({ as: 'csv', pattern: '' })
  })

  it('has a place for every key of the schema but the samples, which are written as text', () => {
    const parts = shape.is === 'parts' ? shape.of : {}
    expect(Object.keys(parts)).toEqual(Object.keys(sourceSchema.properties))
    const elsewhere = Object.entries(parts).filter(([, { is }]) => is === 'elsewhere')
    expect(elsewhere.map(([name]) => name)).toEqual(['samples'])
    expect([parts['event']?.is, parts['categories']?.is, parts['read']?.is]).toEqual(['mappings', 'table', 'parts'])
  })

  it('takes a comma inside quotes for part of a path, and a row that is being filled in for nothing', () => {
    const yaml = doors.replace('[holder, badge]', `'"a,b".c'`)
    expect(form(yaml).event[1]?.['from']).toBe('"a,b".c')
    expect(fromForm(shape, form(yaml))).toEqual({ ...parse(yaml), samples: undefined })
    const bare = doors.replace('[holder, badge]', "'a,b'")
    expect(form(bare).event[1]?.['from']).toBe('"a,b"')
    const open = form(doors)
    open.event.push({ field: 'user.id', from: '', as: '' }, { field: '', from: 'x', as: '' })
    expect(fromForm(shape, open)).toEqual(fromForm(shape, form(doors)))
  })
})

describe('a text whose form was changed', () => {
  it('changes nothing but the value, where only a value changed', () => {
    expect(
      after(doors, (it) => {
        it['title'] = 'Doors: all of them'
        ;(it.event[0] as Record<string, string>)['from'] = 'stamp'
        ;(it['recognise'] as Record<string, string>)['all'] = 'when, badge'
      })
    ).toBe(doors.replace('title: Doors', 'title: "Doors: all of them"').replace('from: when', 'from: stamp'))
  })

  it('keeps its comments where rows come, go, are named otherwise and change places', () => {
    const grown = after(doors, (it) => {
      it.event.splice(1, 0, { field: 'event.action', from: 'what', as: '' })
      it.categories.reverse()
    })
    expect(grown).toBe(
      doors
        .replace('  user.name:', '  event.action: what\n  user.name:')
        .replace('  "open*": data\n  "*": system', '  "*": system\n  "open*": data')
    )
    const renamed = after(doors, (it) => {
      it.event[1] = { field: 'user.id', from: 'badge', as: '' }
    })
    expect(renamed).toContain('  user.id: badge')
    expect(renamed).toContain('# Who knows what else.')
    expect(after(doors, (it) => void it.event.splice(2, 1))).not.toContain('sql')
    const bare = after(doors, (it) => void it.event.splice(0, 3))
    expect(parse(bare).event).toEqual({})
    expect(bare).toContain('# These two are never empty.')
  })

  it('says what the form says, whatever was changed', () => {
    const made = after(doors, (it) => {
      it['vendor'] = 'Acme'
      it['change'] = { ...(it['change'] as Record<string, FormValue>), after: 'now', before: 'then' }
      ;(it['read'] as Record<string, string>)['as'] = 'lines'
      ;(it['read'] as Record<string, string>)['pattern'] = '^(?<when>\\S+) "(?<badge>[^"]*)"'
      it.event[2] = { field: 'labels.door', from: 'door', as: 'lower' }
    })
    expect(parse(made)).toEqual({
      id: 'doors',
      title: 'Doors',
      vendor: 'Acme',
      read: { as: 'lines', pattern: '^(?<when>\\S+) "(?<badge>[^"]*)"' },
      recognise: { all: ['when', 'badge'] },
      event: {
        '@timestamp': { from: 'when', as: 'epoch_ms' },
        'user.name': ['holder', 'badge'],
        'labels.door': { from: 'door', as: 'lower' }
      },
      change: { after: 'now', before: 'then' },
      categories: { 'open*': 'data', '*': 'system' },
      samples: []
    })
    expect(made).toContain('# Doors of the house.')
  })
})
