import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Imports } from './imported'
import { shippedSources } from './shipped'

const folder = mkdtempSync(join(tmpdir(), 'spoor-odd-'))
const sources = (await shippedSources()).filter(({ read }) => read.as === 'json')
const imports = new Imports(sources)
afterAll(async () => {
  await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What may stand anywhere in a log that is broken, of another version, or written by somebody who wants it to be unreadable. */
const odd = [
  null,
  '',
  'x',
  '"',
  "o'neill \\ %_ é 😀 \n\u0001",
  '{"a":',
  '$[*]',
  true,
  0,
  -1,
  1e300,
  9223372036854775807n,
  -9223372036854775808n,
  '9999-99-99T99:99:99Z',
  '99999999999999999999',
  [],
  {},
  [[]],
  [null, 'x', 7, {}],
  [{ name: 1, value: {}, Name: [], ID: {}, Type: null, key: 'k', id: [] }],
  { '': 1, 'a"b': 2, "c'd": [3] }
]

const written = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `bigint ${one}` : one)).replace(
    /"bigint (-?\d+)"/g,
    '$1'
  )

/** The record once for each value in it and each odd one, put in its place. */
function* variants(value: unknown, build: (value: unknown) => unknown): Generator<unknown> {
  for (const other of odd) yield build(other)
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    const put = (other: unknown) =>
      Array.isArray(value) ? value.map((one, at) => (String(at) === key ? other : one)) : { ...value, [key]: other }
    yield* variants(inner, (other) => build(put(other)))
  }
}

describe('a record with an odd value in it', () => {
  it.each(sources)('of $id never ends the import, and none vanishes', async ({ id, samples }) => {
    const records = samples.map(({ record }) => JSON.parse(record) as Record<string, unknown>)
    const texts = records
      .flatMap((record) =>
        Object.entries(record).flatMap(([key, inner]) => [...variants(inner, (value) => ({ ...record, [key]: value }))])
      )
      .map((record, number) => written({ ...(record as object), spoor: number }))
    const file = join(folder, `${id}.jsonl`)
    writeFileSync(file, `${texts.join('\n')}\n`)
    // With the source named every object is its record, however little is left of it.
    const { line } = await imports.file(file, id)
    expect(line).toMatchObject({ source: id, balanced: true, unreadable: 0 })
    expect(line.records).toBeGreaterThanOrEqual(texts.length)
  })
})
