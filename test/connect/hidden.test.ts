import { expect, it } from 'vitest'
import { Hidden } from '../../src-main/engine/connect/hidden'

it('hides a secret however it is written, and no word that stands in many an answer', () => {
  const hidden = new Hidden()
  hidden.add('a "secret" of/ours')
  hidden.add('admin')
  const basic = Buffer.from('a "secret" of/ours').toString('base64')
  expect(
    hidden.in(
      `a "secret" of/ours, ${encodeURIComponent('a "secret" of/ours')}, a \\"secret\\" of/ours, ${basic}, /admin/`
    )
  ).toBe('[secret], [secret], [secret], [secret], /admin/')
})

it('finds a secret that a server says back, and takes no short one that stands in an event by chance for that', () => {
  const hidden = new Hidden()
  hidden.add('changeme-now')
  hidden.addToken('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')
  expect(hidden.stands(Buffer.from('{"name":"changeme-now"}'))).toBe(false)
  expect(hidden.stands(Buffer.from('{"token":"eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}'))).toBe(true)
})

it('looks for the last few tokens only, however many there were', () => {
  const hidden = new Hidden()
  for (let number = 1; number <= 1000; number++) hidden.addToken(`token-number-${number}-of-a-long-pull`)
  expect(hidden.in('token-number-1000-of-a-long-pull')).toBe('[secret]')
  expect(hidden.in('token-number-1-of-a-long-pull')).toBe('token-number-1-of-a-long-pull')
})
