import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { engineIn, temporaryFolder } from '../engine/folder'

const source = (id: string, all: string, read = 'json') =>
  `id: ${id}\ntitle: ${id} log\nread: { as: ${read} }\nrecognise: { all: [${all}] }\nevent: { "@timestamp": at, user.name: ${id === 'one' ? 'who' : 'whom'} }\nsamples: []\n`
const line = '{"at":"2026-03-09T08:41:07Z","who":"alice","whom":"bob","door":7}\n'
const unkey = readFileSync(join(import.meta.dirname, '../fixtures/e2e/products/unkey.json'), 'utf8')

async function opened(...definitions: string[]) {
  const folder = await temporaryFolder()
  const engine = engineIn(folder)
  for (const yaml of definitions) await engine.saveSource(yaml)
  await engine.createCase({ name: 'c' })
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return { folder, engine, file }
}

describe('a file that fits two definitions', () => {
  it('is read by the one that asks for more, without a question', async () => {
    const { engine, file } = await opened(source('one', 'at, who'), source('two', 'at, who, whom'))
    const { evidence, refused } = await engine.importPaths({ paths: [file('a.jsonl', line)] })
    expect([evidence.map((one) => one.source), refused]).toEqual([['two'], []])
  })

  it('is a question where they ask for as much, with both ids in it, and nothing of it is imported', async () => {
    const { engine, file } = await opened(source('one', 'at, who'), source('two', 'at, whom'))
    const paths = [file('a.jsonl', line), file('b.json', `[${line}]`), file('unkey.json', unkey)]
    const { evidence, refused } = await engine.importPaths({ paths })
    expect(evidence.map((one) => one.source)).toEqual(['unkey'])
    expect(refused.map(({ code, sources }) => [code, sources])).toEqual([
      ['source_ambiguous', ['one', 'two']],
      ['source_ambiguous', ['one', 'two']]
    ])
    expect(refused[0]?.message).toBe(
      'a.jsonl fits one (one log) and two (two log) equally well. Say which with --source one or --source two.'
    )
    const answered = await engine.importPaths({ paths: paths.slice(0, 2), without: ['one'] })
    expect(answered.evidence.map((one) => one.source)).toEqual(['two', 'two'])
    const [row] = (await engine.sql('SELECT DISTINCT "user.name" FROM event WHERE "event.dataset" = \'two\'', 10)).rows
    expect(row).toEqual(['bob'])
  })

  it('is no question where one fits more of its records', async () => {
    const { engine, file } = await opened(source('one', 'at, who'), source('two', 'at, whom'))
    const more = line + line.replace('"whom":"bob",', '').replace('alice', 'carol')
    const { evidence } = await engine.importPaths({ paths: [file('a.jsonl', more)] })
    expect(evidence.map((one) => one.source)).toEqual(['one'])
  })

  it('is a question for tables too, by their columns', async () => {
    const { engine, file } = await opened(source('one', 'at, who', 'csv'), source('two', 'at, whom', 'csv'))
    const path = file('a.csv', 'at,who,whom\n2026-03-09T08:41:07Z,alice,bob\n')
    const { refused } = await engine.importPaths({ paths: [path] })
    expect(refused.map(({ code }) => code)).toEqual(['source_ambiguous'])
    const { evidence } = await engine.importPaths({ paths: [path], source: 'one' })
    expect(evidence.map((one) => one.source)).toEqual(['one'])
  })

  it('leaves a folder of every product to sort itself', async () => {
    const { engine } = await opened()
    const { refused } = await engine.importPaths({ paths: [join(import.meta.dirname, '../fixtures/e2e/products')] })
    expect(refused).toEqual([])
  })
})

describe('a file that none fits and of which no time can be guessed', () => {
  it('is refused with the way to a definition of its own', async () => {
    const { engine, file, folder } = await opened()
    const path = file('shift.csv', 'who,action,what\nalice,open,door\nbob,close,door\n')
    const { refused, evidence } = await engine.importPaths({ paths: [path] })
    expect(evidence).toEqual([])
    expect(refused).toEqual([
      {
        path,
        code: 'source_unmapped',
        message:
          'shift.csv: no source knows it, and no time was found in it. `spoor sources --new shift.csv` prints a definition to begin with; say in it what is what, then `spoor sources --add` it.'
      }
    ])
    const { yaml } = await engine.newSource({ path })
    expect(yaml).toContain('user.name: who # alice')
    mkdirSync(join(folder, 'home', 'sources'), { recursive: true })
    await engine.saveSource(yaml)
    const again = await engine.importPaths({ paths: [path] })
    expect(again.evidence.map(({ source: id, events, undated }) => ({ id, events, undated }))).toEqual([
      { id: 'shift', events: 0, undated: 2 }
    ])
  })
})
