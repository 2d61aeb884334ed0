import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, log, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-compare-'))
const folder = join(home, 'c.spoor')
const run = (...args: string[]) => spoor(home, [...args, '--case', folder])
const days = ['@timestamp:2026-03-09', '@timestamp:2026-03-10'] as const

beforeAll(async () => {
  built()
  // One of its lines cannot be read.
  expect((await run('import', log)).code).toBe(3)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('spoor compare', () => {
  it('prints what is new, gone and more frequent, and both sums', async () => {
    const { code, out, err } = await run('compare', ...days, '--by', 'event.outcome')
    expect(code).toBe(0)
    expect(out).toBe('event.outcome  A  B  Change\nsuccess        2  1  ×1.5\nfailure        1  0  gone\n')
    expect(err).toBe(`A: 3 events: ${days[0]}\nB: 1 events: ${days[1]}\n`)
  })

  it('prints one JSON document', async () => {
    const { out } = await run('compare', ...days, '--by', 'event.outcome', '--only', 'gone', '--json')
    const { a, b, both, fields } = JSON.parse(out)
    expect([a.query, a.count, b.count, both]).toEqual([days[0], 3, 1, 0])
    expect(fields).toEqual([
      {
        field: 'event.outcome',
        values: [{ value: 'failure', a: 1, b: 0, kind: 'gone' }],
        kinds: { new: 0, gone: 1, up: 1, down: 0, same: 0 },
        rest: { values: 0, a: 0, b: 0 }
      }
    ])
  })

  it('prints it for a spreadsheet and for a report', async () => {
    const tsv = await run('compare', ...days, '--by', 'event.outcome', '--format', 'tsv')
    expect(tsv.out.split('\n')).toEqual([
      `Field\tValue\t${days[0]}\t${days[1]}\tShare of ${days[0]}\tShare of ${days[1]}\tChange`,
      '(all)\tevents\t3\t1\t\t\t',
      'event.outcome\tsuccess\t2\t1\t66.67%\t100%\t×1.5',
      'event.outcome\tfailure\t1\t0\t33.33%\t0%\tgone',
      ''
    ])
    const markdown = await run('compare', ...days, '--by', 'event.outcome', '--format', 'markdown')
    expect(markdown.out).toContain('### Outcome\n')
    expect(markdown.out).toContain('| failure | 1 | 0 | 33.33% | 0% | gone |\n')
  })

  it('wants two queries', async () => {
    for (const words of [['a'], ['a', 'b', 'c']]) {
      const { code, err } = await run('compare', ...words)
      expect([code, err]).toEqual([2, expect.stringContaining('Two queries are compared, each in quotes')])
    }
  })
})
