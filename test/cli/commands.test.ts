import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, log, root, spoor } from './run'

const home = mkdtempSync(join(tmpdir(), 'spoor-cli-'))
const folder = join(home, 'Fall “März” 1.spoor')
const run = (...args: string[]) => spoor(home, args)
const json = async (...args: string[]) => JSON.parse((await run(...args, '--case', folder, '--json')).out)

beforeAll(async () => {
  built()
  const { code } = await run('import', log, '--case', folder)
  expect(code).toBe(3)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('spoor import', () => {
  it('prints the books of each file, and exits with 3 for the line it could not read', async () => {
    const { code, out, err } = await run('import', log, '--case', join(home, 'books'), '--json')
    expect(code).toBe(3)
    const { evidence, events, seconds } = JSON.parse(out)
    expect(evidence).toEqual([
      {
        path: log,
        sha256: createHash('sha256').update(readFileSync(log)).digest('hex'),
        bytes: readFileSync(log).length,
        source: 'aws.cloudtrail',
        records: 5,
        events: 4,
        undated: 0,
        unreadable: 1,
        blank: 0,
        duplicates: 0,
        balanced: true,
        seconds: expect.any(Number)
      }
    ])
    expect([events, seconds >= 0]).toEqual([4, true])
    expect(err).toMatch(/^4 events in \d+\.\d s$/m)
  })

  it('exits with 0 when everything was read, from folders and globs that no shell expanded', async () => {
    const logs = join(home, 'logs', 'deep', 'er')
    mkdirSync(logs, { recursive: true })
    const [first = '', second = ''] = readFileSync(log, 'utf8').split('\n')
    writeFileSync(join(logs, 'a 1.json'), first)
    writeFileSync(join(logs, 'b 2.json'), second)
    const target = join(home, 'globbed')
    const { code, out } = await run('import', join(home, 'logs', '**', '* [1-2].json'), '--case', target, '--json')
    const files = (JSON.parse(out) as { evidence: { path: string }[] }).evidence.map(({ path }) => basename(path))
    expect([code, files]).toEqual([0, ['a 1.json', 'b 2.json']])
    expect((await run('import', join(home, 'logs'), '--case', join(home, 'walked'))).code).toBe(0)
  })

  it('refuses what is no log with a sentence, and leaves no case behind', async () => {
    const image = join(home, 'photo.png')
    writeFileSync(image, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    const target = join(home, 'none.spoor')
    const { code, out, err } = await run('import', image, '--case', target)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('photo.png')
    expect(existsSync(target)).toBe(false)
  })

  it('never touches a folder that holds other files', async () => {
    const documents = join(home, 'documents')
    mkdirSync(documents)
    writeFileSync(join(documents, 'thesis.txt'), 'years of work')
    const { code, err } = await run('import', log, '--case', documents)
    expect([code, err]).toEqual([
      1,
      `${documents} is no case and holds other files. Name a new folder, an empty one or a case.\n`
    ])
    expect(readdirSync(documents)).toEqual(['thesis.txt'])
  })

  it('says which file is missing and which pattern matches nothing', async () => {
    expect(await run('import', join(home, 'gone.json'), '--case', join(home, 'x'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('gone.json')
    })
    expect(await run('import', '*.nothing', '--case', join(home, 'x'))).toMatchObject({
      code: 1,
      err: '*.nothing: no file matches.\n'
    })
    expect(existsSync(join(home, 'x'))).toBe(false)
  })
})

describe('spoor search', () => {
  it('prints the newest first, absent fields left out', async () => {
    const { total, events } = await json('search', 'event.outcome:failure or user.name:zo*')
    expect(total).toBe(2)
    expect(
      events.map((event: Record<string, unknown>) => [event['@timestamp'], event['event.action'], event['source.ip']])
    ).toEqual([
      ['2026-03-10T00:00:00.000Z', 'GetSecretValue', '2001:db8::7'],
      ['2026-03-09T10:02:00.000Z', 'AttachUserPolicy', '198.51.100.7']
    ])
    expect(events[0]._id).toMatch(/^[0-9a-f]{12}-5$/)
    expect(Object.keys(events[0])).not.toContain('event.reason')
  })

  it('takes a query that begins with a minus, words unquoted, and an empty one', async () => {
    expect((await json('search', '-user.name:alice')).total).toBe(2)
    expect((await json('search', 'not', 'user.name:alice', 'and', '-user.name:zoë')).total).toBe(1)
    expect((await json('search')).total).toBe(4)
  })

  it('prints chosen fields as CSV and as lines of JSON', async () => {
    const args = [
      'user.name:alice',
      '--case',
      folder,
      '--fields',
      '@timestamp,event.action,event.reason,record.userAgent'
    ]
    const csv = (await run('search', ...args, '--format', 'csv')).out.split('\r\n')
    const ids = csv.map((line) => line.split(',')[0])
    expect(csv).toEqual([
      '_id,@timestamp,event.action,event.reason,record.userAgent',
      `${ids[1]},2026-03-09T10:02:00.000Z,AttachUserPolicy,AccessDenied: not authorized,aws-cli/2.31.0`,
      `${ids[2]},2026-03-09T09:41:07.000Z,CreateAccessKey,,aws-cli/2.31.0`,
      ''
    ])
    const lines = (await run('search', ...args, '--format', 'ndjson', '--limit', '1')).out.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line)['event.action'])).toEqual(['AttachUserPolicy'])
  })

  it('spells out what would colour or move the screen', async () => {
    const { out } = await run('search', 'event.action:DeleteUser', '--case', folder)
    expect(out).toContain('bob\\u{1b}[31m')
    expect(out).not.toContain('\u001b')
  })

  it('shows where a query is wrong and what was meant', async () => {
    const { code, out, err } = await run('search', 'alice user.nmae:x', '--case', folder)
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(
      'No event has a field "user.nmae". Did you mean user.name?\n  alice user.nmae:x\n        ^^^^^^^^^\n'
    )
  })
})

describe('spoor count', () => {
  it('counts all, per value, per interval, and per interval and value', async () => {
    expect(await json('count', 'user.name:alice')).toEqual({ total: 2, groups: [] })
    expect(await json('count', '', '--by', 'event.outcome')).toEqual({
      total: 4,
      groups: [
        { key: ['success'], count: 3 },
        { key: ['failure'], count: 1 }
      ]
    })
    expect((await json('count', '', '--by', 'user.name,event.outcome')).groups).toContainEqual({
      key: ['alice', 'failure'],
      count: 1
    })
    expect(await json('count', '', '--every', '1d')).toEqual({
      total: 4,
      groups: [
        { key: ['2026-03-09T00:00:00.000Z'], count: 3 },
        { key: ['2026-03-10T00:00:00.000Z'], count: 1 }
      ]
    })
    expect((await json('count', '', '--every', '1d', '--by', 'event.outcome')).groups).toEqual([
      { key: ['2026-03-09T00:00:00.000Z', 'success'], count: 2 },
      { key: ['2026-03-09T00:00:00.000Z', 'failure'], count: 1 },
      { key: ['2026-03-10T00:00:00.000Z', 'success'], count: 1 }
    ])
  })
})

describe('spoor show', () => {
  it('gives the event, where each field comes from, and the very bytes with their place', async () => {
    const id = (await json('search', 'event.action:AttachUserPolicy')).events[0]._id
    const { event, provenance, change, record } = await json('show', id)
    expect([event['user.name'], event['event.outcome']]).toEqual(['alice', 'failure'])
    expect(provenance['event.action']).toMatchObject({ path: 'eventName', source: 'aws.cloudtrail' })
    expect(change).toBeNull()
    const bytes = readFileSync(log)
    const line = bytes.toString('utf8').split('\n')[1]
    expect(record).toEqual({
      text: line,
      evidence: expect.any(String),
      line: 2,
      offset: bytes.indexOf(line ?? ''),
      length: Buffer.byteLength(line ?? '')
    })
  })

  it('says when there is no such event', async () => {
    expect(await run('show', '000000000000-1', '--case', folder)).toMatchObject({ code: 1, out: '' })
  })
})

describe('spoor sql, ledger, verify, sources', () => {
  it('reads with SQL and cannot write with it', async () => {
    const { columns, rows, more } = await json(
      'sql',
      'SELECT "event.action" AS action, 1 AS one FROM event ORDER BY 1 LIMIT 2'
    )
    expect(columns.map(({ name }: { name: string }) => name)).toEqual(['action', 'one'])
    expect([rows, more]).toEqual([
      [
        ['AttachUserPolicy', 1],
        ['CreateAccessKey', 1]
      ],
      false
    ])
    for (const statement of [
      'DELETE FROM entry',
      "COPY event TO '/tmp/out.csv'",
      "SELECT * FROM read_text('/etc/passwd')"
    ]) {
      expect(await run('sql', statement, '--case', folder)).toMatchObject({ code: 1, out: '' })
    }
  })

  it('prints the books again', async () => {
    const { evidence, events } = await json('ledger')
    expect([events, evidence.length, evidence[0].unreadable, evidence[0].balanced]).toEqual([4, 1, 1, true])
  })

  it('finds evidence that was changed, and exits with 3', async () => {
    const target = join(home, 'tampered')
    await run('import', log, '--case', target)
    expect((await run('verify', '--case', target)).code).toBe(0)
    const copy = join(target, 'evidence', readdirSync(join(target, 'evidence'))[0] ?? '')
    const bytes = readFileSync(copy)
    rmSync(copy)
    writeFileSync(copy, bytes.toString('latin1').replace('alice', 'alicf'), 'latin1')
    const { code, out } = await run('verify', '--case', target)
    expect(code).toBe(3)
    expect(out).toContain('DIFFERS')
  })

  it('lists what can be read', async () => {
    const { sources } = JSON.parse((await run('sources', '--json')).out)
    expect(sources.map(({ id }: { id: string }) => id)).toContain('aws.cloudtrail')
  })
})

describe('usage', () => {
  const wrong: readonly (readonly [args: string[], sentence: string])[] = [
    [['serach'], 'There is no command serach. `spoor --help` lists them.'],
    [['search', 'x'], '--case <folder> is needed.'],
    [['search', 'x', '--case', folder, '--bogus'], "Unknown option '--bogus'"],
    [['search', 'x', '--case', folder, '--limit', 'ten'], '--limit: ten is no whole number.'],
    [['search', 'x', '--case', folder, '--format', 'xml'], '--format: xml is none of table, json, ndjson, csv.'],
    [['count', 'x', '--case', folder, '--every', '2h'], '--every: 2h is none of'],
    [['import', '--case', folder], 'Which file? A path is needed.'],
    [['show', '--case', folder], 'Which event?'],
    [['sql', '--case', folder], 'Which statement?']
  ]
  it.each(wrong)('%j exits with 2', async (args, sentence) => {
    const { code, out, err } = await run(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(sentence)
  })

  it('exits with 1 when there is no such case', async () => {
    const { code, err } = await run('search', 'x', '--case', join(home, 'gone'))
    expect(code).toBe(1)
    expect(err).toContain(join(home, 'gone'))
  })

  it.each(['import', 'search', 'count', 'show', 'history', 'sql', 'sources', 'ledger', 'verify', 'serve', 'open'])(
    'spoor %s --help explains itself',
    async (name) => {
      const { code, out } = await run(name, '--help')
      expect(code).toBe(0)
      expect(out).toMatch(new RegExp(`^spoor ${name} `))
    }
  )

  it('runs as `npx spoor` in a built checkout', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect((await run('--version')).out).toBe(`${version}\n`)
  })
})
