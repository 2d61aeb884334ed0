import { expect, it } from 'vitest'
import { changeEntries } from '../../src-main/engine/normalise/change-entries'
import { changeText } from '../../src-main/host-node/change-text'

const told = (before: unknown, after: unknown, basis: 'logged' | 'after-only') =>
  changeText({ basis, entries: changeEntries(before, after, basis) }, null)

it('says of an asterisk that it stands in place of a value, where only the state after is logged too', () => {
  const text = told(undefined, { password: '****', name: 'ada', mail: ['a***a@acme.test'] }, 'after-only')
  expect(text).toMatch(/password +not logged +"\*\*\*\*" masked/)
  expect(text).toMatch(/mail.* +not logged +"a\*\*\*a@acme\.test" masked/)
  expect(text).toMatch(/name +not logged +"ada"\s/)
})

it('says so of both sides, and not of a value that is none', () => {
  expect(told({ secret: '***' }, { secret: 'new' }, 'logged')).toMatch(/secret +"\*\*\*" masked +"new"\s/)
})
