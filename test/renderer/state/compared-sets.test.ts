import { describe, expect, it } from 'vitest'
import { oneOf } from '../../../src-main/contract/filter'
import { printFilter } from '../../../src-main/contract/query-text'
import { type Choice, nothingChosen } from '../../../src-renderer/state/choice'
import { comparedSets, comparing, type Other, usualOther } from '../../../src-renderer/state/compared-sets'

const extent = { first: '2026-03-01T00:00:00.000Z', last: '2026-03-31T12:00:00.000Z' }
const day = { kind: 'between', from: '2026-03-10T00:00:00.000Z', to: '2026-03-11T00:00:00.000Z' } as const

function sets(choice: Partial<Choice>, other: Other) {
  const found = comparedSets({ ...nothingChosen, ...choice }, other, 'UTC', extent)
  return found && { ...found, a: printFilter(found.a), b: printFilter(found.b) }
}

describe('what is shown is compared', () => {
  it('with the time before it, as long, and everything else the same', () => {
    expect(sets({ range: day, text: 'user.name:alice' }, { kind: 'before' })).toEqual({
      a: '@timestamp:2026-03-09 and user.name:alice',
      b: '@timestamp:2026-03-10 and user.name:alice',
      names: { a: '2026-03-09 00:00 – 2026-03-10 00:00', b: '2026-03-10 00:00 – 2026-03-11 00:00' },
      times: {
        a: { from: '2026-03-09T00:00:00.000Z', to: '2026-03-10T00:00:00.000Z' },
        b: { from: '2026-03-10T00:00:00.000Z', to: '2026-03-11T00:00:00.000Z' }
      }
    })
  })
  it('also where the time stands in the query text, or counts back from the newest event', () => {
    expect(sets({ text: '@timestamp:2026-03-10 event.outcome:failure' }, { kind: 'before' })).toMatchObject({
      a: '@timestamp:2026-03-09 and event.outcome:failure',
      b: '@timestamp:2026-03-10 and event.outcome:failure'
    })
    const found = sets({ range: { kind: 'last', amount: 24, unit: 'hours' } }, { kind: 'before' })
    // The newest event itself is among what is shown, so the time before is a microsecond longer than a day, and ends where that begins.
    expect(found?.times).toEqual({
      a: { from: '2026-03-29T11:59:59.999999Z', to: '2026-03-30T12:00:00.000Z' },
      b: { from: '2026-03-30T12:00:00.000Z', to: '2026-03-31T12:00:00.000001Z' }
    })
    expect(found?.names).toEqual({ a: '2026-03-29 11:59:59 – 2026-03-30 12:00', b: 'Last 24 hours' })
  })
  it('with all other events of the same time', () => {
    expect(sets({ range: day, text: 'user.name:alice event.outcome:failure' }, { kind: 'rest' })).toMatchObject({
      a: '@timestamp:2026-03-10 and -(user.name:alice and event.outcome:failure)',
      names: { a: 'Everything else', b: 'user.name:alice and event.outcome:failure' },
      within: '2026-03-10 00:00 – 2026-03-11 00:00'
    })
  })
  it('with another query in the same time', () => {
    expect(sets({ range: day, text: 'user.name:alice' }, { kind: 'query', text: 'user.name:bob' })).toMatchObject({
      a: '@timestamp:2026-03-10 and user.name:bob',
      b: '@timestamp:2026-03-10 and user.name:alice',
      names: { a: 'user.name:bob', b: 'user.name:alice' }
    })
    expect(sets({}, { kind: 'query', text: 'user.nmae:' })).toBeNull()
  })
  it('narrowed down on both sides by what is clicked while comparing', () => {
    const clauses = [{ id: '1', owner: comparing, filter: oneOf('event.action', 'login') }]
    for (const other of [{ kind: 'before' }, { kind: 'rest' }, { kind: 'query', text: 'user.name:bob' }] as const) {
      const found = sets({ range: day, text: 'user.name:alice', clauses }, other)
      expect(found?.a).toContain('event.action=login')
      expect(found?.b).toContain('event.action=login')
    }
  })
})

it('is compared, unless told, with the time before, else with all other events, and with nothing where all is shown', () => {
  const usual = (choice: Partial<Choice>) => usualOther({ ...nothingChosen, ...choice }, 'UTC', extent)
  expect(usual({ range: day, text: 'user.name:alice' })).toEqual({ kind: 'before' })
  expect(usual({ text: 'user.name:alice' })).toEqual({ kind: 'rest' })
  expect(usual({})).toBeNull()
})
