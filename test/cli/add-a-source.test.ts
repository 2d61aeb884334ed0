import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, root, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-add-'))
beforeAll(built)
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** The blocks of a section of the README, as they are written there but for their indent. */
function blocksOf(section: string): { readonly language: string; readonly text: string }[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const begin = readme.indexOf(`### ${section}\n`)
  expect(begin, `the section “${section}”`).toBeGreaterThan(0)
  const part = readme.slice(begin, readme.indexOf('\n##', begin + 4))
  return [...part.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', language = '', text = '']) => ({
    language,
    text: text
      .split('\n')
      .map((line) => line.slice(indent.length))
      .join('\n')
  }))
}

describe('adding a source, as the README tells it', () => {
  const blocks = blocksOf('Add a source')
  const textOf = (language: string) => blocks.find((block) => block.language === language)?.text as string
  const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'))
  const run = (command: string) => {
    const [program, ...args] = command.split(' > ')[0]?.split(' ') ?? []
    expect(program).toBe('spoor')
    return spoor(home, args)
  }

  it('has a log, a definition, five commands and what one of them prints', () => {
    expect(blocks.map(({ language }) => language)).toEqual(['json', 'sh', 'yaml', 'sh', 'text', 'sh'])
    expect(commands).toHaveLength(5)
    writeFileSync(join(home, 'portal.jsonl'), textOf('json'))
  })

  it('begins with a guess that can be kept as it is', async () => {
    const { code, out, err } = await run(commands[0] as string)
    expect(code).toBe(0)
    expect(out).toContain('"@timestamp": { from: occurred, as: epoch_ms } # 1773045667120')
    expect(err).toContain('Guessed: @timestamp ← occurred (epoch ms)')
    writeFileSync(join(home, 'guessed.yaml'), out)
    expect(await spoor(home, ['sources', '--try', 'guessed.yaml', 'portal.jsonl'])).toMatchObject({ code: 0, err: '' })
  })

  it('tries the definition on its sample and on the log, and prints what the README shows', async () => {
    writeFileSync(join(home, 'acme.portal.yaml'), textOf('yaml'))
    expect(await run(commands[1] as string)).toMatchObject({ code: 0, err: '' })
    expect(await run(commands[2] as string)).toEqual({ code: 0, out: textOf('text'), err: '' })
  })

  it('keeps it, and imports the log with it without a question', async () => {
    expect(await run(commands[3] as string)).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(join(home, 'sources', 'acme.portal.yaml'), 'utf8')).toBe(textOf('yaml'))
    const { code, out } = await run(`${commands[4]} --json`)
    expect(code).toBe(0)
    expect(JSON.parse(out).evidence).toMatchObject([{ source: 'acme.portal', records: 3, events: 3, balanced: true }])
    const list = JSON.parse((await spoor(home, ['sources', '--json'])).out).sources
    expect(list.find(({ id }: { id: string }) => id === 'acme.portal')).toMatchObject({ origin: 'own', reads: 'json' })
  })
})

describe('spoor sources', () => {
  const yaml =
    'id: odd\ntitle: Odd\nread: { as: json }\nrecognise: { all: [a, b] }\nevent: { "@timestamp": a, source.ip: b }\nsamples: [{ record: \'{"a":"x","b":"c"}\', event: { user.name: kim } }]\n'

  it('--try exits with 3 and says what did not convert and what the sample expects', async () => {
    writeFileSync(join(home, 'odd.yaml'), yaml)
    const { code, out, err } = await spoor(home, ['sources', '--try', 'odd.yaml'])
    expect([code, out]).toEqual([
      3,
      'Record  @timestamp  source.ip  user.name  source.address\n     1  ✗ x         ✗ c                   c\n'
    ])
    expect(err).toBe(
      '@timestamp: 1 of 1 did not convert: not a time in a form known here\nsource.ip: 1 of 1 did not convert: not an IP address; it stands in source.address\nSample 1: user.name is null, not "kim"\n'
    )
  })

  it('--try and --add say at which line a definition is wrong, and keep nothing', async () => {
    writeFileSync(join(home, 'bad.yaml'), yaml.replace('source.ip', 'sorce.ip'))
    expect(await spoor(home, ['sources', '--try', 'bad.yaml'])).toEqual({
      code: 1,
      out: '',
      err: 'Line 5: no such event field: sorce.ip. Did you mean source.ip?\n'
    })
    expect(await spoor(home, ['sources', '--add', 'bad.yaml'])).toMatchObject({
      code: 1,
      err: 'the definition, line 5: no such event field: sorce.ip; did you mean source.ip?\n'
    })
  })

  it('--show prints, --add replaces, and --remove restores a source that comes with Spoor', async () => {
    const shipped = readFileSync(join(root, 'resources/sources/unkey.yaml'), 'utf8')
    expect((await spoor(home, ['sources', '--show', 'unkey'])).out).toBe(shipped)
    writeFileSync(join(home, 'mine.yaml'), shipped.replace('title: Unkey audit log', 'title: Mine'))
    const added = await spoor(home, ['sources', '--add', 'mine.yaml'])
    expect(added.err).toContain('in the place of the one that comes with Spoor')
    expect((await spoor(home, ['sources'])).out).toMatch(/^unkey +Mine +Unkey +json +your own, in place of Spoor’s$/m)
    expect((await spoor(home, ['sources', '--remove', 'unkey'])).err).toBe(
      'unkey is again the one that comes with Spoor.\n'
    )
    expect((await spoor(home, ['sources', '--show', 'unkey'])).out).toBe(shipped)
    expect((await spoor(home, ['sources', '--remove', 'unkey'])).code).toBe(1)
  })

  it('does one thing at a time, and knows missing files', async () => {
    expect((await spoor(home, ['sources', '--add', 'a', '--remove', 'b'])).code).toBe(2)
    expect((await spoor(home, ['sources', '--show', 'unkey', 'more'])).code).toBe(2)
    expect(await spoor(home, ['sources', '--add', 'gone.yaml'])).toMatchObject({
      code: 1,
      err: 'gone.yaml is not there.\n'
    })
    expect(await spoor(home, ['sources', '--new', 'gone.csv'])).toMatchObject({ code: 1, out: '' })
  })
})

describe('spoor import', () => {
  it('says where a definition goes that it is given as a log', async () => {
    writeFileSync(
      join(home, 'given.yaml'),
      blocksOf('Add a source').find(({ language }) => language === 'yaml')?.text ?? ''
    )
    expect(await spoor(home, ['import', 'given.yaml', '--case', 'given.spoor'])).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'given.yaml is the definition of a source, not a log. Drop it on the window, or keep it with `spoor sources --add given.yaml`.'
      )
    })
  })

  it('refuses a file that fits two definitions with both ids, and one without a time with the way out', async () => {
    const own = (id: string, path: string) =>
      `id: ${id}\ntitle: ${id}\nread: { as: json }\nrecognise: { all: [at, ${path}] }\nevent: { "@timestamp": at }\nsamples: []\n`
    for (const [id, path] of [
      ['left', 'l'],
      ['right', 'r']
    ] as const) {
      writeFileSync(join(home, `${id}.yaml`), own(id, path))
      expect((await spoor(home, ['sources', '--add', `${id}.yaml`])).code).toBe(0)
    }
    writeFileSync(join(home, 'both.jsonl'), '{"at":"2026-03-09T08:41:07Z","l":1,"r":2}\n')
    writeFileSync(join(home, 'none.csv'), 'who,action\nalice,open\nbob,close\n')
    const { code, err } = await spoor(home, ['import', 'both.jsonl', 'none.csv', '--case', 'two.spoor'])
    expect(code).toBe(1)
    expect(err).toContain(
      'both.jsonl fits left (left) and right (right) equally well. Say which with --source left or --source right.'
    )
    expect(err).toContain('none.csv: no source knows it, and no time was found in it. `spoor sources --new none.csv`')
    const chosen = await spoor(home, ['import', 'both.jsonl', '--case', 'two.spoor', '--source', 'right', '--json'])
    expect(JSON.parse(chosen.out).evidence).toMatchObject([{ source: 'right', events: 1 }])
    const again = await spoor(home, [
      'import',
      'both.jsonl',
      '--case',
      'two.spoor',
      '--source',
      'left',
      '--again',
      '--json'
    ])
    expect(JSON.parse(again.out).evidence).toMatchObject([{ source: 'left', events: 1 }])
  })
})
