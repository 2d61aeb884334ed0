import { describe, expect, it } from 'vitest'
import { changeEntries } from '../../src-main/engine/normalise/change-entries'

describe('what differs between two states', () => {
  it('tells changed, added, removed and unchanged fields apart, nested ones by their path', () => {
    expect(
      changeEntries(
        { name: 'viewer', enabled: true, limits: { day: 10, old: 1 } },
        { enabled: true, name: 'admin', limits: { day: 500, new: 2 } },
        'logged'
      )
    ).toEqual([
      { path: 'name', before: 'viewer', after: 'admin' },
      { path: 'enabled', before: true, after: true, same: true },
      { path: 'limits.day', before: 10, after: 500 },
      { path: 'limits.old', before: 1 },
      { path: 'limits.new', after: 2 }
    ])
  })

  it('keeps null and absent apart', () => {
    expect(changeEntries({ a: null, b: null }, { b: null, c: null }, 'logged')).toEqual([
      { path: 'a', before: null },
      { path: 'b', before: null, after: null, same: true },
      { path: 'c', after: null }
    ])
  })

  it('keeps a text and a number that read alike apart', () => {
    expect(changeEntries({ n: '1', t: 'true' }, { n: 1, t: true }, 'logged')).toEqual([
      { path: 'n', before: '1', after: 1 },
      { path: 't', before: 'true', after: true }
    ])
  })

  it('reads a list of ids as a set: order says nothing, members come and go one by one', () => {
    expect(changeEntries({ groups: [7, 3, 5] }, { groups: [5, 7, 9] }, 'logged')).toEqual([
      { path: 'groups[]', before: 7, after: 7, same: true },
      { path: 'groups[]', before: 3 },
      { path: 'groups[]', before: 5, after: 5, same: true },
      { path: 'groups[]', after: 9 }
    ])
  })

  it('reads the only member replaced by another as one change', () => {
    expect(changeEntries({ dept: ['sales'] }, { dept: ['finance'] }, 'rebuilt')).toEqual([
      { path: 'dept[]', before: 'sales', after: 'finance' }
    ])
  })

  it('compares a list with repeated members by position, where order may say something', () => {
    expect(changeEntries({ steps: ['a', 'b', 'a'] }, { steps: ['a', 'a'] }, 'logged')).toEqual([
      { path: 'steps[0]', before: 'a', after: 'a', same: true },
      { path: 'steps[1]', before: 'b', after: 'a' },
      { path: 'steps[2]', before: 'a' }
    ])
  })

  it('matches the members of a list of objects by what identifies them', () => {
    expect(
      changeEntries(
        {
          mappers: [
            { name: 'mail', to: 'email' },
            { name: 'sn', to: 'lastName' }
          ]
        },
        {
          mappers: [
            { name: 'sn', to: 'surname' },
            { name: 'mail', to: 'email' }
          ]
        },
        'logged'
      )
    ).toEqual([
      { path: 'mappers[name=mail].name', before: 'mail', after: 'mail', same: true },
      { path: 'mappers[name=mail].to', before: 'email', after: 'email', same: true },
      { path: 'mappers[name=sn].name', before: 'sn', after: 'sn', same: true },
      { path: 'mappers[name=sn].to', before: 'lastName', after: 'surname' }
    ])
  })

  it('keeps empty objects, empty lists and a change of kind', () => {
    expect(
      changeEntries(
        { none: {}, list: [], kind: 'x', filled: {}, emptied: ['a'] },
        { none: {}, list: {}, kind: { y: 1 }, filled: { z: 1 }, emptied: [] },
        'logged'
      )
    ).toEqual([
      { path: 'none', before: {}, after: {}, same: true },
      { path: 'list', before: [], after: {} },
      { path: 'kind', before: 'x', after: { y: 1 } },
      { path: 'filled.z', after: 1 },
      { path: 'emptied[]', before: 'a' }
    ])
  })

  it('writes a key with dots or quotes so that the path finds it again', () => {
    expect(changeEntries({ 'saml.sign': 'a', 'b"c': 1 }, { 'saml.sign': 'b', 'b"c': 1 }, 'logged')).toEqual([
      { path: '"saml.sign"', before: 'a', after: 'b' },
      { path: '"b\\"c"', before: 1, after: 1, same: true }
    ])
  })

  it('takes what an object inherits for nothing', () => {
    expect(changeEntries({}, { toString: 'mine', constructor: 1 }, 'logged')).toEqual([
      { path: 'toString', after: 'mine' },
      { path: 'constructor', after: 1 }
    ])
  })
})

describe('masked values', () => {
  it.each(['***', '********************', 'a***m', 'a*y', 'j***@acme.com', '+1 *** *** 42'])(
    '%s is never compared, not even with itself',
    (value) => {
      expect(changeEntries({ secret: value }, { secret: value }, 'logged')).toEqual([
        { path: 'secret', before: value, after: value, masked: true }
      ])
    }
  )

  it.each(['*', '**', 'https://*.acme.com/*', 'SELECT * FROM t', '*/5 * * * *'])(
    '%s is a wildcard, not a mask',
    (value) => {
      expect(changeEntries({ origin: value }, { origin: value }, 'logged')).toEqual([
        { path: 'origin', before: value, after: value, same: true }
      ])
    }
  )

  it('masks one side as well as both, and members of a list', () => {
    expect(changeEntries({ p: 'clear' }, { p: '****', list: ['****', '****'] }, 'logged')).toEqual([
      { path: 'p', before: 'clear', after: '****', masked: true },
      { path: 'list[0]', after: '****', masked: true },
      { path: 'list[1]', after: '****', masked: true }
    ])
  })
})

describe('the basis', () => {
  it('after-only shows the new values and invents nothing before them', () => {
    expect(changeEntries({ role: 'viewer' }, { role: 'admin', on: true }, 'after-only')).toEqual([
      { path: 'role', after: 'admin' },
      { path: 'on', after: true }
    ])
  })

  it('of an object that is created or deleted every field is added or removed', () => {
    expect(changeEntries(undefined, { a: { b: 1 }, c: ['x', 'y'] }, 'logged')).toEqual([
      { path: 'a.b', after: 1 },
      { path: 'c[]', after: 'x' },
      { path: 'c[]', after: 'y' }
    ])
    expect(changeEntries({ a: { b: 1 } }, undefined, 'rebuilt')).toEqual([{ path: 'a.b', before: 1 }])
    expect(changeEntries(undefined, undefined, 'logged')).toEqual([])
  })

  it('a plain value has the empty path', () => {
    expect(changeEntries('on', 'off', 'logged')).toEqual([{ path: '', before: 'on', after: 'off' }])
  })
})

it('is not troubled by an object of five thousand levels', () => {
  let before: unknown = 1
  let after: unknown = 2
  for (let level = 0; level < 5000; level++) {
    before = { a: before }
    after = { a: after }
  }
  const [only, ...others] = changeEntries(before, after, 'logged')
  expect(only).toMatchObject({ before: 1, after: 2 })
  expect(only?.path.split('.')).toHaveLength(5000)
  expect(others).toEqual([])
})
