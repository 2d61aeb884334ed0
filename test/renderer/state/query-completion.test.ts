import { describe, expect, it } from 'vitest'
import { filterOf, printFilter } from '../../../src-main/contract/query-text'
import type { Engine } from '../../../src-main/contract/rpc'
import { listFilter, listText, pastedList } from '../../../src-renderer/state/pasted-list'
import { QueryCompletion } from '../../../src-renderer/state/query-completion.svelte'
import { queryExamples } from '../../../src-renderer/state/query-examples'
import { searchCommand } from '../../../src-renderer/state/search-command'
import { pathsOf, unseenPaths } from '../../../src-renderer/state/unseen-paths'

const engine = {
  values: async (field: string, text: string) =>
    field === 'user.name' && text === 'al'
      ? [
          { value: 'alice', count: 4120 },
          { value: 'Al Gore "jr"', count: 2 }
        ]
      : [],
  cancel: async () => {},
  recordPaths: async (text: string) => ({
    looked: 1204,
    paths: [{ field: 'record.context.username', count: 900, examples: ['alice', 'bob'] }].filter(({ field }) =>
      field.includes(text)
    )
  }),
  recordValues: async () => ({ looked: 1204, values: [{ value: 'alice', count: 412 }] }),
  ask: async ({ filter }: { filter: { field: string } }) => ({ count: filter.field === 'user.name' ? 31 : 0 })
} as unknown as Engine
const completion = (recent: readonly string[] = []) => new QueryCompletion(engine, () => recent)

describe('the query box', () => {
  it('offers fields by name, and takes one so that its value can be typed', async () => {
    const it = completion()
    await it.look('login user.na', 13)
    expect(it.offers[0]?.label).toBe('user.name')
    const [offer] = it.offers
    expect(offer && it.take('login user.na', offer)).toEqual({ from: 6, to: 13, text: 'user.name:' })
  })

  it('offers the values of the case with their counts, quoted where they must be', async () => {
    const it = completion()
    await it.look('user.name:al', 12)
    expect(it.offers.map(({ label, about }) => [label, about])).toEqual([
      ['alice', '4,120'],
      ['Al Gore "jr"', '2']
    ])
    const second = it.offers[1]
    expect(second && it.take('user.name:al', second)).toEqual({ from: 10, to: 12, text: '"Al Gore \\"jr\\"" ' })
  })

  it('offers the tags of the case, quoted where they must be', async () => {
    const tags = [
      { tag: 'ask Bob', count: 3 },
      { tag: 'exfil', count: 1204 }
    ]
    const asked = { ask: async () => ({ marked: 1204, starred: 0, commented: 0, tags }) } as unknown as Engine
    const it = new QueryCompletion(asked, () => [])
    await it.look('is:starred tag:', 15)
    expect(it.offers.map(({ text, about }) => [text, about])).toEqual([
      ['"ask Bob"', '3'],
      ['exfil', '1,204']
    ])
    await it.look('tag:EX', 6)
    expect(it.offers.map(({ label }) => label)).toEqual(['exfil'])
    await it.look('is:c', 4)
    expect(it.offers.map(({ text }) => text)).toEqual(['commented'])
  })

  it('offers what records of the case have, and their values', async () => {
    const it = completion()
    await it.look('usern', 5)
    expect(it.offers.map(({ label, about }) => [label, about]).at(-1)).toEqual([
      'record.context.username',
      'alice, bob'
    ])
    await it.look('record.context.username:a', 25)
    expect(it.offers.map(({ label, about }) => [label, about])).toEqual([['alice', '412 of 1,204 looked at']])
  })

  it('offers what was searched before when the box is empty', async () => {
    const it = completion(['event.outcome:failure'])
    await it.look('', 0)
    expect(it.offers.map((offer) => offer.text)).toEqual(['event.outcome:failure'])
  })

  it('goes round its list in both directions', async () => {
    const it = completion(['a', 'b', 'c'])
    await it.look('', 0)
    it.move(1)
    it.move(-1)
    expect(it.active).toBe(2)
    it.move(1)
    expect(it.active).toBe(0)
  })

  it('drops values that come after it was closed', async () => {
    const it = completion()
    const looking = it.look('user.name:al', 12)
    it.close()
    await looking
    expect(it.open).toBe(false)
  })
})

describe('a pasted list', () => {
  it.each([
    ['10.0.0.1\n10.0.0.2\r\n10.0.0.1', 'addresses', ['10.0.0.1', '10.0.0.2']],
    ['10[.]0[.]0[.]1, 2001:db8::1; 192.168.0.0/16', 'addresses', ['10.0.0.1', '2001:db8::1', '192.168.0.0/16']],
    ['"a@example.org"\n"b@example.org"', 'e-mail addresses', ['a@example.org', 'b@example.org']],
    ['d41d8cd98f00b204e9800998ecf8427e\nda39a3ee5e6b4b0d3255bfef95601890afd80709', 'hashes', undefined],
    ['alice\nbob\nACME\\carol', 'values', ['alice', 'bob', 'ACME\\carol']]
  ] as const)('is told from other text: %j', (text, called, values) => {
    const list = pastedList(text)
    expect(list?.called).toBe(called)
    if (values) expect(list?.values).toEqual(values)
  })

  it.each(['10.0.0.1', 'alice bob', 'user.name:a\nuser.name:b\nuser.name:c', 'one two three four five six\nx\ny', ''])(
    'is nothing else: %j',
    (text) => {
      expect(pastedList(text)).toBe(undefined)
    }
  )

  it('becomes text where it is short, a chip where it is long, of the field that has most of it', async () => {
    const it = completion()
    await it.offerList({ values: ['alice', 'bob'], called: 'values', fields: ['resource.name', 'user.name'] }, 4)
    expect(it.offers.map(({ label, about, text }) => [label, about, text])).toEqual([
      ['User is one of these 2 values', '31 events', 'user.name:(alice or bob)'],
      ['Target is one of these 2 values', '0 events', 'resource.name:(alice or bob)'],
      ['As text, all of these words', '', 'alice bob']
    ])
    const many = Array.from({ length: 10_000 }, (_, n) => `10.0.${n >> 8}.${n & 255}`)
    await it.offerList({ values: many, called: 'addresses', fields: ['source.ip'] }, 0)
    expect(it.offers.map(({ label, text }) => [label, text])).toEqual([
      ['Address is one of these 10,000 addresses', '']
    ])
    expect(it.offers[0]?.chip).toEqual({ kind: 'is', field: 'source.ip', values: many })
  })

  it('holds blocks of addresses beside addresses', () => {
    const text = listText('source.ip', ['10.0.0.0/8', '192.0.2.1', '2001:db8::1'])
    expect(text).toBe('source.ip:(10.0.0.0/8 or 192.0.2.1 or 2001:db8::1)')
    expect(filterOf(text)).toEqual(listFilter('source.ip', ['10.0.0.0/8', '192.0.2.1', '2001:db8::1']))
  })
})

describe('a path that no record has', () => {
  it('is told, with the one that was probably meant', async () => {
    const paths = pathsOf(filterOf('-record.username:a or (record.context.username:b and record.a[*].b:*)'))
    expect(paths).toEqual(['record.username', 'record.context.username', 'record.a[*].b'])
    expect(await unseenPaths(engine, paths)).toEqual([
      { field: 'record.username', looked: 1204, near: 'record.context.username' }
    ])
  })
})

describe('the help', () => {
  it.each(queryExamples.flatMap(({ lines }) => lines.map(([text]) => text)))(
    'has an example that is a query: %s',
    (text) => {
      expect(printFilter(filterOf(text))).not.toBe('')
    }
  )
})

describe('the command', () => {
  it('takes any text through a shell', () => {
    expect(searchCommand(`user.name:"o'brien"`, '/tmp/my case.spoor')).toBe(
      `spoor search 'user.name:"o'\\''brien"' --case '/tmp/my case.spoor'`
    )
  })
})
