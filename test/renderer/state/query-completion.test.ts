import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../src-main/contract/rpc'
import { QueryCompletion } from '../../../src-renderer/state/query-completion.svelte'
import { queryPieces } from '../../../src-renderer/state/query-pieces'

const engine = {
  values: async (field: string, text: string) =>
    field === 'user.name' && text === 'al'
      ? [
          { value: 'alice', count: 4120 },
          { value: 'Al Gore "jr"', count: 2 }
        ]
      : []
} as unknown as Engine
const completion = (recent: readonly string[] = []) => new QueryCompletion(engine, () => recent)

describe('the query box', () => {
  it('offers fields by name, and takes one so that its value can be typed', async () => {
    const it = completion()
    await it.look('login user.na', 13)
    expect(it.offers[0]?.label).toBe('user.name')
    const [offer] = it.offers
    expect(offer && it.take('login user.na', offer)).toEqual({ text: 'login user.name:', caret: 16 })
  })

  it('offers the values of the case with their counts, quoted where they must be', async () => {
    const it = completion()
    await it.look('user.name:al', 12)
    expect(it.offers.map(({ label, about }) => [label, about])).toEqual([
      ['alice', '4,120'],
      ['Al Gore "jr"', '2']
    ])
    const second = it.offers[1]
    expect(second && it.take('user.name:al', second).text).toBe('user.name:"Al Gore \\"jr\\"" ')
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

describe('a coloured query text', () => {
  it('is the text again, with what is wrong underlined', () => {
    const text = 'user.nmae:alice -x'
    const pieces = queryPieces(text, { from: 0, to: 9 })
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(pieces.filter((piece) => piece.wrong).map((piece) => piece.text)).toEqual(['user.nmae'])
  })
})
