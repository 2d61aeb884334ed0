import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceSchema } from '../../src-main/engine/normalise/source-schema'
import { loadSources, readSource } from '../../src-main/engine/normalise/sources'

const good = `id: acme
title: Acme
read: { as: json }
recognise: { all: [who, when] }
event:
  '@timestamp': { from: when, as: epoch_ms }
  user.name: [who, actor.name]
samples: []
`
const faults: readonly [string, string, string, string][] = [
  [
    'an unknown event field',
    'user.name:',
    'user.nmae:',
    'line 7: no such event field: user.nmae; did you mean user.name?'
  ],
  [
    'a field looked up from the address',
    'user.name:',
    'source.geo.city_name:',
    'line 7: source.geo.city_name is looked up from source.ip, not read from the log'
  ],
  [
    'an unknown conversion',
    'epoch_ms',
    'epoch_mss',
    'line 6: event.@timestamp.as is epoch_mss, not one of time, epoch_s, epoch_ms, epoch_us, epoch_ns, seconds_nanos, number, boolean, json, lower; did you mean epoch_ms?'
  ],
  [
    'a conversion of nothing',
    'from: when, as',
    'sql: when, as',
    'line 6: event.@timestamp must have property from when property as is present'
  ],
  ['an unknown key', 'title:', 'tilte: x\ntitle:', 'line 2: no such key: tilte; did you mean title?'],
  ['a missing key', 'title: Acme\n', '', 'line 1: the definition lacks title'],
  ['a path that is none', 'actor.name', 'actor..name', 'line 7: event.user.name: not a path: actor..name'],
  ['a path to recognise by that is none', 'when]', 'when.]', 'line 4: recognise: not a path: when.'],
  ['lines without a pattern', 'as: json', 'as: lines', 'line 3: read lacks pattern'],
  [
    'a pattern that is none',
    'as: json',
    "as: lines, pattern: '(?<a>'",
    'line 3: read.pattern: Invalid regular expression'
  ],
  ['a pattern that names nothing', 'as: json', "as: lines, pattern: '(a)'", 'line 3: read.pattern has no named group'],
  [
    'an unknown category',
    'samples',
    'categories: { a: iamm }\nsamples',
    'line 8: categories.a is iamm, not one of authentication, session, iam, configuration, application, extension, data, billing, system; did you mean iam?'
  ],
  ['a change that has no side', 'samples', 'change: { object: who }\nsamples', 'line 8: change lacks after'],
  [
    'a pair told apart by what is nowhere mapped',
    'samples',
    'pair: { key: user.name, when: labels.kind, request: a, response: b }\nsamples',
    'line 8: pair.when: nothing is mapped to labels.kind'
  ],
  ['text that is no YAML', 'read: {', 'read: {{', 'line 4: Flow map in block collection'],
  ['a key given twice', 'title:', 'title: x\ntitle:', 'line 3: Map keys must be unique']
]

let folders: string[]
beforeAll(async () => {
  folders = await Promise.all(['ours', 'theirs'].map((name) => mkdtemp(join(tmpdir(), `spoor-${name}-`))))
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

describe('a source definition', () => {
  it('is read as it is written', () => {
    expect(readSource(good, 'acme.yaml')).toEqual({
      id: 'acme',
      title: 'Acme',
      read: { as: 'json' },
      recognise: { all: ['who', 'when'] },
      event: { '@timestamp': { from: 'when', as: 'epoch_ms' }, 'user.name': ['who', 'actor.name'] },
      samples: []
    })
  })

  it.each(faults)('with %s is refused with file, line and what is wrong', (_, from, to, sentence) => {
    expect(good).toContain(from)
    expect(() => readSource(good.replace(from, to), '/x/acme.yaml')).toThrow(
      expect.objectContaining({ code: 'source_invalid', message: expect.stringContaining(`/x/acme.yaml, ${sentence}`) })
    )
  })

  it('names the field that was meant, for a program to offer', () => {
    expect(() => readSource(good.replace('user.name', 'usr.name'), 'a.yaml')).toThrow(
      expect.objectContaining({ detail: { file: 'a.yaml', suggestion: 'user.name' } })
    )
  })

  it("of a person's own folder takes the place of ours with the same id; a folder that is not there holds none", async () => {
    const [ours, theirs] = folders as [string, string]
    await writeFile(join(ours, 'a.yaml'), good)
    await writeFile(join(ours, 'b.yml'), good.replace('acme', 'other'))
    await writeFile(join(ours, 'source.schema.json'), '{}')
    await writeFile(join(theirs, 'mine.yaml'), good.replace('Acme', 'Mine'))
    const sources = await loadSources([ours, theirs, join(theirs, 'nothing')])
    expect(sources.map(({ id, title }) => ({ id, title }))).toEqual([
      { id: 'acme', title: 'Mine' },
      { id: 'other', title: 'Acme' }
    ])
  })

  it('is refused where another in the folder has its id', async () => {
    const [ours] = folders as [string, string]
    await writeFile(join(ours, 'c.yaml'), good)
    await expect(loadSources([ours])).rejects.toThrow(
      `${join(ours, 'c.yaml')}, line 1: ${join(ours, 'a.yaml')} has the id acme too`
    )
  })

  it('is described by the schema file beside the definitions, for YAML editors', async () => {
    const file = await readFile(join(import.meta.dirname, '../../resources/sources/source.schema.json'), 'utf8')
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(sourceSchema)))
  })
})
