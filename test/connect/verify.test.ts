import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Log, plainEvents, plainToken } from '../servers/pages'
import { plain } from './plain'

const log: Log = { events: plainEvents(500), by: 'cursor', order: 'newest', token: plainToken, most: 100 }

async function pulledCase() {
  const made = await plain({ ...log })
  const report = await made.engine.pull({ connection: 'plain' })
  const journal = join(made.folder, 'pulls', report.id, 'requests.jsonl')
  const wrong = async () =>
    (await made.engine.verify()).checks.filter(({ clean }) => !clean).map(({ what, found }) => `${what}: ${found}`)
  return { ...made, report, journal, wrong }
}

describe('verifying a case that was pulled', () => {
  it('finds nothing where nothing was changed', async () => {
    const { engine, report } = await pulledCase()
    const { checks } = await engine.verify()
    expect(
      checks
        .filter(({ what }) => what.startsWith('Plain, pulled'))
        .map(({ what, clean, found }) => [what.split(': ')[1], clean, found])
    ).toEqual([
      ['SHA-256 of the journal of its requests', true, report.journal],
      ['answers against the journal of its requests', true, '5 answers with events, as they came']
    ])
  })

  it('finds a journal to which something was added, or that is gone', async () => {
    const { journal, wrong, folder, report } = await pulledCase()
    chmodSync(journal, 0o600)
    appendFileSync(journal, '{"note":"added"}\n')
    expect((await wrong())[0]).toMatch(
      /SHA-256 of the journal of its requests: [0-9a-f]{64}, but [0-9a-f]{64} in the chain of custody/
    )
    rmSync(join(folder, 'pulls', report.id), { recursive: true })
    expect((await wrong())[0]).toContain('it is missing from the folder pulls')
  })

  it('finds an answer that is not as it came', async () => {
    const { folder, wrong } = await pulledCase()
    const [name = ''] = readdirSync(join(folder, 'evidence'))
    const evidence = join(folder, 'evidence', name)
    chmodSync(evidence, 0o600)
    writeFileSync(evidence, readFileSync(evidence, 'utf8').replace('person-7', 'person-8'))
    const found = await wrong()
    expect(
      found.some((one) => one.includes('answers against the journal of its requests: request 1: its answer is'))
    ).toBe(true)
  })
})

describe('a case with a folder of pulls that someone made', () => {
  it.each([
    ['no journal', { 'pull.json': '[]' }],
    ['lines that tell nothing', { 'requests.jsonl': '{"request":null}\n{"begin":7}\n' }],
    [
      'times that are none',
      {
        'requests.jsonl':
          '{"begin":{"id":"x","asked":{"streams":["a"]}}}\n{"window":{"stream":"a","from":{"since":"x"}}}\n'
      }
    ],
    ['a report without anything', { 'pull.json': '{"report":{"endedAt":"now"}}' }]
  ])('is opened all the same, and found out: %s', async (_, files) => {
    const { engine, folder } = await pulledCase()
    await engine.closeCase()
    mkdirSync(join(folder, 'pulls', 'x'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'pulls', 'x', name), text)
    await engine.openCase(folder)
    expect((await engine.pulls()).filter(({ connection }) => connection === 'plain')).toHaveLength(1)
    const { checks } = await engine.verify()
    expect(checks.filter(({ clean }) => !clean)).toEqual([
      { what: 'x: the journal of its requests', clean: false, found: 'it cannot be read' }
    ])
  })
})
