import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regexFault } from '../../src-main/contract/regex-fault'

describe('a regular expression', () => {
  it.each([
    ['a(b', 1, 'This ( is not closed: write \\( for the parenthesis itself.'],
    ['a)b', 1, 'This ) closes nothing: write \\) for the parenthesis itself.'],
    ['[a', 0, 'This [ is not closed: write \\[ for the bracket itself.'],
    ['*.log', 0, '"*" has nothing before it to repeat: write \\* for itself.'],
    ['a|+', 2, '"+" has nothing before it to repeat: write \\+ for itself.'],
    ['a{3,2}', 1, '"{3,2}" ends before it begins.'],
    ['a{1001}', 1, 'No more than 1000 repetitions can be asked for.'],
    ['(a)\\1', 3, '"\\1" cannot be read: there is no looking back at a group.'],
    ['ACME\\K', 4, '"\\K" means nothing in a regular expression.'],
    ['x\\', 1, 'A backslash at the end stands before nothing: write \\\\ for itself.']
  ])('%s is wrong at %d', (pattern, at, fault) => {
    expect(regexFault(pattern)).toEqual({ at, fault })
  })

  it.each([
    '^a|b$',
    '[]a-]+',
    '(?i)x',
    '(?P<n>a)',
    '\\Qa(b\\E*',
    'a{2,}?',
    'a{,2}',
    '[[:alpha:]]',
    '\\d+\\.\\d',
    '{',
    ']',
    '()',
    '[.-[:alpha:]',
    '\\11',
    'a(?){2}',
    'a*(?i)*'
  ])('%s can be read', (pattern) => {
    expect(regexFault(pattern)).toBe(undefined)
  })

  it('is refused only where the database refuses it', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const piece = fc.constantFrom(...'ab()[]{}*+?|^$\\./-:,19QExpdé'.split(''), '(?:', '(?=', '{2}', '[:alpha:]')
    const readable = (pattern: string) =>
      connection.runAndReadAll('SELECT regexp_matches($1, $2)', ['text', pattern]).then(
        () => true,
        () => false
      )
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
        const pattern = pieces.join('')
        const fault = regexFault(pattern)
        if (!fault) return
        refused++
        expect(fault.at).toBeLessThan(pattern.length)
        expect(await readable(pattern), pattern).toBe(false)
      }),
      { numRuns: 2_000 }
    )
    expect(refused).toBeGreaterThan(100)
    connection.closeSync()
    instance.closeSync()
  })
})
