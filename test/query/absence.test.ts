import { describe, expect, it } from 'vitest'
import { absenceOf, keptAt } from '../../src-main/contract/absence'
import { absenceText, keptText } from '../../src-main/contract/absence-text'
import type { SourceCoverage } from '../../src-main/contract/coverage'

const day = (date: string) => date.slice(0, 10)
const covers = (first: string, last: string, modifiedAt: string, gaps: SourceCoverage['gaps'] = []): SourceCoverage => {
  const covered = {
    events: 10,
    undated: 0,
    hidden: 0,
    first: `${first}T00:00:00.000Z`,
    last: `${last}T00:00:00.000Z`,
    counts: []
  }
  const file = { ...covered, sha256: 'a', name: 'a.json', modifiedAt: `${modifiedAt}T00:00:00.000Z` }
  return { ...covered, source: 'okta', files: [file], rhythm: 'week', gaps }
}
const okta = covers('2026-03-03', '2026-05-30', '2026-06-01')
const said = (source: SourceCoverage, keeps: Record<string, number>, from?: string, to?: string) => {
  const absence = absenceOf(source, keeps, { from, to })
  return absence && absenceText(absence, day)
}

describe('why nothing is there', () => {
  it('is the beginning of the evidence, which is where the product had deleted what came before', () => {
    expect(said(okta, { 'every plan': 90 }, '2026-02-01', '2026-02-02')).toBe(
      'Nothing before 2026-03-03: outside this evidence. That is the 90 days the product keeps (every plan), counted back from when the file was written, 2026-06-01: what came before was gone.'
    )
  })
  it('is an export that could have reached further back', () => {
    expect(said(okta, { Standard: 180, Premium: 365 }, '2026-02-01', '2026-02-02')).toBe(
      'Nothing before 2026-03-03: outside this evidence. Written 2026-06-01, it could hold 180 days (Standard) back to 2025-12-03 or 365 days (Premium) back to 2025-06-01: there may be more to export.'
    )
  })
  it('says only what the product keeps where the evidence is older than that, or between two plans', () => {
    expect(keptText(keptAt(okta, { Free: 7, Pro: 30 }), day)).toBe(
      'The product keeps 7 days (Free) back to 2026-05-25 or 30 days (Pro) back to 2026-05-02, counted from when the file was written, 2026-06-01.'
    )
    expect(keptAt(okta, { Free: 7, Pro: 400 })).not.toHaveProperty('more')
  })
  it('is the end of the evidence where its file was written then', () => {
    expect(said(okta, {}, '2026-06-02', '2026-06-03')).toBe(
      'Nothing after 2026-05-30: its file was last written 2026-06-01.'
    )
  })
  it('is no explanation where the file was written later', () => {
    expect(said(okta, {}, '2026-05-31', '2026-06-01')).toBe(
      'Nothing after 2026-05-30, though its file was written 2026-06-01: nothing was logged then, or it was left out.'
    )
  })
  it('trusts no file that was written before its own events', () => {
    const copied = covers('2026-03-03', '2026-05-30', '2026-01-01')
    expect(said(copied, { 'every plan': 90 }, '2026-06-02')).toBe('Nothing after 2026-05-30: outside this evidence.')
    expect(said(copied, { 'every plan': 90 }, undefined, '2026-02-02')).toBe(
      'Nothing before 2026-03-03: outside this evidence.'
    )
  })
  it('is a silence that is not usual', () => {
    const silence = { from: '2026-04-01T00:00:00.000Z', to: '2026-04-05T00:00:00.000Z', expected: 1234 }
    const source = covers('2026-03-03', '2026-05-30', '2026-06-01', [silence])
    expect(said(source, {}, '2026-04-02T00:00:00Z', '2026-04-03T00:00:00Z')).toBe(
      'Silent from 2026-04-01 to 2026-04-05, though about 1,234 events are usual in such a stretch.'
    )
    expect(said(source, {}, '2026-04-02T00:00:00Z', '2026-04-06T00:00:00Z')).toBeNull()
  })
  it('is not asked where the source covers the stretch, also where the stretch only touches it', () => {
    expect(said(okta, {}, '2026-04-02', '2026-04-03')).toBeNull()
    expect(said(okta, {}, '2026-05-30T00:00:00.000Z', '2026-06-03')).toBeNull()
    expect(said(okta, {}, undefined, '2026-03-03T00:00:00.000Z')).not.toBeNull()
  })
  it('is nothing yet while a file of it is still imported, and what the product keeps says nothing of it either', () => {
    const source = { ...okta, files: okta.files.map((file) => ({ ...file, coming: true as const })) }
    for (const [from, to] of [
      ['2026-02-01', '2026-02-02'],
      ['2026-04-02', '2026-04-03'],
      ['2026-06-02', '2026-06-03']
    ])
      expect(said(source, { 'every plan': 90 }, from, to)).toBe(
        'a.json is still being imported: whether it holds events of that time is known when all of it is in.'
      )
    expect(keptAt(source, { 'every plan': 90 })).toBeNull()
  })
  it('is that no event has a time', () => {
    const { first: _, last: __, ...undated } = okta
    expect(said(undated, {}, '2026-04-02', '2026-04-03')).toBe('None of its events has a time.')
  })
})
