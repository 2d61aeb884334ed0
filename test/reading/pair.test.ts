import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../src-main/contract/query'
import { engineIn, temporaryFolder } from '../engine/folder'

const definition = (when: string) => `
id: deposit
title: Deposit
read: { as: json }
recognise: { all: [time, half, request.key] }
event: { '@timestamp': time, event.type: half, labels.half: half, trace.id: request.key, url.path: request.path }
pair: { key: trace.id, when: ${when}, request: asked, response: answered }
samples: []
`
const record = (half: string, key: string | undefined, second: number) =>
  JSON.stringify({ time: `2026-03-09T09:41:0${second}Z`, half, request: { key: key ?? null, path: `secret/${key}` } })

const imported = (...files: string[][]) => importedBy('event.type', ...files)

async function importedBy(when: string, ...files: string[][]) {
  const folder = await temporaryFolder()
  mkdirSync(join(folder, 'home', 'sources'), { recursive: true })
  writeFileSync(join(folder, 'home', 'sources', 'deposit.yaml'), definition(when))
  const engine = engineIn(folder)
  await engine.createCase({ name: 'c' })
  for (const [index, lines] of files.entries()) {
    const path = join(folder, `${index}.jsonl`)
    writeFileSync(path, lines.join('\n'))
    const { refused } = await engine.importPaths({ paths: [path], source: 'deposit' })
    expect(refused).toEqual([])
  }
  const { rows } = (await engine.ask({
    select: 'rows',
    filter: { kind: 'and', of: [] },
    fields: ['trace.id', 'event.type'],
    limit: 50
  })) as Answers['rows']
  const ledger = await engine.ledger()
  return {
    shown: rows.map((row) => `${row['trace.id'] ?? '-'} ${row['event.type']}`).sort(),
    books: ledger.map(({ events, duplicates, paired, balanced }) => ({ events, duplicates, paired, balanced })),
    clean: (await engine.verify()).clean,
    pairs: (
      await engine.sql(
        `SELECT q."event.type" || ' ' || q."trace.id" || ' ' || r."trace.id" FROM paired
         JOIN entry q ON q.rowid = request JOIN entry r ON r.rowid = response ORDER BY 1`,
        50
      )
    ).rows.flat()
  }
}

describe('a request and its response', () => {
  const asked = ['a', 'b', 'c'].map((key) => record('asked', key, 1))
  const answered = ['b', 'a', 'd'].map((key) => record('answered', key, 2))
  const shown = ['a answered', 'b answered', 'c asked', 'd answered']

  it('in one file are shown as the response; a request that got none stays an event', async () => {
    expect(await imported([...asked, ...answered])).toEqual({
      shown,
      books: [{ events: 6, duplicates: 0, paired: 2, balanced: true }],
      clean: true,
      pairs: ['asked a a', 'asked b b']
    })
  })

  it('are told apart by a label as well', async () => {
    expect((await importedBy('labels.half', asked, answered)).shown).toEqual(shown)
  })

  it('find each other whichever file is imported first', async () => {
    expect(await imported(asked, answered)).toEqual({
      shown,
      books: [
        { events: 3, duplicates: 0, paired: 2, balanced: true },
        { events: 3, duplicates: 0, paired: 0, balanced: true }
      ],
      clean: true,
      pairs: ['asked a a', 'asked b b']
    })
    expect(await imported(answered, asked)).toEqual({
      shown,
      books: [
        { events: 3, duplicates: 0, paired: 0, balanced: true },
        { events: 3, duplicates: 0, paired: 2, balanced: true }
      ],
      clean: true,
      pairs: ['asked a a', 'asked b b']
    })
  })

  it('are not mistaken for duplicates, nor duplicates for pairs', async () => {
    const [a, b] = asked as [string, string]
    expect(await imported([a, a, b], [`${record('answered', 'a', 2)}`, `${record('answered', 'a', 2)}`])).toEqual({
      shown: ['a answered', 'b asked'],
      books: [
        { events: 3, duplicates: 1, paired: 1, balanced: true },
        { events: 2, duplicates: 1, paired: 0, balanced: true }
      ],
      clean: true,
      pairs: ['asked a a']
    })
  })

  it('without a key are two events', async () => {
    const lines = [record('asked', undefined, 1), record('answered', undefined, 2), record('asked', 'z', 3)]
    expect(await imported(lines)).toMatchObject({ shown: ['- answered', '- asked', 'z asked'], books: [{ paired: 0 }] })
  })
})
