import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Imports } from './imported'
import { shippedSources } from './shipped'

const root = join(import.meta.dirname, '../fixtures/sources')
const logs = readdirSync(root).flatMap((id) =>
  readdirSync(join(root, id))
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => ({ id, name }))
)
const sources = await shippedSources()
const imports = new Imports(sources)
afterAll(() => imports.close())

/** The sources a fixture holds, where they are not the one its folder is named for. */
const mixed: Record<string, string> = { 'both-shapes-in-one-file.jsonl': 'authorization-hub, authorization-hub.ecs' }

describe('a log of each source', () => {
  it('is there for every definition', () => {
    const without = sources.map(({ id }) => id).filter((id) => !logs.some((log) => log.id === id))
    expect(without).toEqual([])
  })

  it.each(logs)('$id/$name becomes the events written beside it, and nothing vanishes', async ({ id, name }) => {
    const { line, rows } = await imports.file(join(root, id, name))
    const expected = readFileSync(join(root, id, name.replace(/\.[a-z]+$/, '.expected.json')), 'utf8')
    expect(rows).toEqual(JSON.parse(expected))
    expect(line.source).toBe(mixed[name] ?? id)
    expect(line.balanced).toBe(true)
    expect(line.records).toBe(rows.length)
  })
})
