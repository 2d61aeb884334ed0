import { expect, it } from 'vitest'
import { matchWords } from '../../src-renderer/components/match-words'

const best = (typed: string, ...lines: readonly string[]) =>
  lines
    .filter((line) => matchWords(line, typed) > 0)
    .sort((one, other) => matchWords(other, typed) - matchWords(one, typed))

it('finds lines that hold every word typed, those that begin so first', () => {
  const lines = ['About Spoor Everywhere', 'Search by user', 'User actions only', 'Superuser']
  expect(best('user', ...lines)).toEqual(['User actions only', 'Search by user', 'Superuser'])
  expect(best('  by USER ', ...lines)).toEqual(['Search by user'])
  expect(best('by use', ...lines)).toEqual(['Search by user'])
  expect(best('usr', ...lines)).toEqual([])
})
it('finds them by what else they are called, too', () => {
  expect(matchWords('Europe/Berlin', '+02:00', ['Europe/Berlin', '+02:00'])).toBeGreaterThan(0)
  expect(matchWords('America/Sao_Paulo', 'sao paulo', ['America/Sao Paulo'])).toBeGreaterThan(0)
})
