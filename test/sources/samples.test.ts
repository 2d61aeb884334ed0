import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Imports } from './imported'
import { shippedSources } from './shipped'

const sources = await shippedSources()
const imports = new Imports(sources)
const folder = mkdtempSync(join(tmpdir(), 'spoor-samples-'))
afterAll(async () => {
  await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

const samples = sources.flatMap(({ id, samples }) =>
  samples.map((sample, index) => ({ id, ...sample, number: index + 1 }))
)

describe('the samples in a definition', () => {
  it('are there', () => {
    expect(sources.filter((source) => source.samples.length === 0).map(({ id }) => id)).toEqual([])
  })

  it.each(samples)('of $id, number $number, give the event written beside', async ({ id, number, record, event }) => {
    const file = join(folder, `${id}-${number}.${record.startsWith('{') ? 'json' : 'log'}`)
    writeFileSync(file, `${record}\n`)
    const { line, rows } = await imports.file(file)
    expect(line.source).toBe(id)
    expect(line.guessed).toBeUndefined()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject(event)
  })
})
