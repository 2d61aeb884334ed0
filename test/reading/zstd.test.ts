import { describe, expect, it } from 'vitest'
import { Truncated } from '../../src-main/engine/evidence/truncated'
import { zstdUnpacked } from '../../src-main/engine/evidence/unpack-zstd'

// Made by zstd 1.5: `{"a":1}` with and without a checksum of it.
const summed = Buffer.from('KLUv/SQIQQAAeyJhIjoxfQri7+zg', 'base64')
const unsummed = Buffer.from('KLUv/SAIQQAAeyJhIjoxfQo=', 'base64')
const passedOver = Buffer.from('502a4d180300000061626328b52ffd'.slice(0, 22), 'hex')

async function* inBlocks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What comes out, and why no more does. */
async function unpacked(bytes: Buffer, size = bytes.length): Promise<readonly [content: string, fault?: string]> {
  const content: Buffer[] = []
  try {
    for await (const block of zstdUnpacked(inBlocks(bytes, size))) content.push(block)
  } catch (error) {
    if (!(error instanceof Truncated)) throw error
    return [content.join(''), error.message]
  }
  return [content.join('')]
}

describe('a zstd file', () => {
  it.each([1, 2, 3, 5, 7, 64])(
    'of several frames is unpacked whole, however it comes: in blocks of %d',
    async (size) => {
      const bytes = Buffer.concat([passedOver, summed, unsummed, passedOver, summed])
      expect(await unpacked(bytes, size)).toEqual(['{"a":1}\n'.repeat(3)])
    }
  )

  it('whose content is not that of its checksum is damaged: what came before is good', async () => {
    const damaged = Buffer.from(summed)
    damaged[11] = '2'.charCodeAt(0)
    expect(await unpacked(Buffer.concat([unsummed, damaged, summed]))).toEqual([
      `{"a":1}\n${damaged.subarray(9, 17)}`,
      'its checksum does not fit'
    ])
  })

  it.each([
    ['in a checksum', Buffer.concat([unsummed, summed.subarray(0, -1)]), '{"a":1}\n{"a":1}\n'],
    ['in a block', Buffer.concat([summed, summed.subarray(0, 12)]), '{"a":1}\n'],
    ['in a header', Buffer.concat([summed, summed.subarray(0, 3)]), '{"a":1}\n']
  ])('that is cut off %s says so, after all that can be had', async (_, bytes, content) => {
    const [found, fault] = await unpacked(bytes)
    expect(found).toBe(content)
    expect(fault).toBe('it ends in the midst of a frame')
  })

  it('followed by something else says so', async () => {
    expect(await unpacked(Buffer.concat([summed, Buffer.from('more of it')]))).toEqual([
      '{"a":1}\n',
      'what follows is no zstd frame'
    ])
  })
})
