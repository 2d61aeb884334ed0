import { expect, it } from 'vitest'
import { Hidden } from '../../src-main/engine/connect/hidden'
import { answerText, requestLine, shownAt } from '../../src-main/engine/connect/request-line'
import { serverWords } from '../../src-main/engine/connect/server-words'

const secret = 'a secret + nobody may see'
const hidden = new Hidden()
hidden.add(secret)

it('hides a secret in the headers that are kept of an answer', () => {
  const headers = { 'x-request-id': `for ${secret}`, 'x-ratelimit-policy': `100;key=${secret}` }
  const made = {
    outgoing: { method: 'GET' as const, url: 'https://id.example/events', headers: {} },
    answer: { status: 200, headers, body: Buffer.from('[]') },
    attempt: 1,
    at: 0,
    milliseconds: 5
  }
  expect(requestLine(1, 'events', made, hidden)).toMatchObject({
    request: 'for [secret]',
    rates: { 'x-ratelimit-policy': '100;key=[secret]' }
  })
})

it('hides a secret in the address that an answer leads to', () => {
  expect(shownAt({ url: 'https://id.example/?key=a+secret+%2B+nobody+may+see&page=2' }, hidden)).toEqual({
    url: 'https://id.example/?key=[secret]&page=2'
  })
  expect(shownAt({ url: 'https://id.example/?key=a%20secret%20%2B%20nobody%20may%20see' }, hidden)).toEqual({
    url: 'https://id.example/?key=[secret]'
  })
})

it('hides a secret that stands where a long answer is cut', () => {
  expect(answerText(Buffer.from(`${'x'.repeat(16_380)}${secret}`), hidden)).toBe(`${'x'.repeat(16_380)}[sec`)
  expect(serverWords(Buffer.from(`${'x'.repeat(290)} ${secret}`), hidden)).toBe(`${'x'.repeat(290)} [secret]`)
})
