export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** How the text of a file is encoded, by its first bytes, and how long its byte order mark is. */
export function encodingOf(bytes: Buffer): { encoding: Encoding; skip: number } {
  const start = bytes.subarray(0, 3).toString('hex')
  if (start === 'efbbbf') return { encoding: 'utf-8', skip: 3 }
  if (start.startsWith('fffe')) return { encoding: 'utf-16le', skip: 2 }
  if (start.startsWith('feff')) return { encoding: 'utf-16be', skip: 2 }
  // Without a mark: Latin text in UTF-16 has a zero in every other byte.
  const sample = bytes.subarray(0, 4096)
  let even = 0
  let odd = 0
  for (const [index, byte] of sample.entries()) if (byte === 0) index % 2 ? odd++ : even++
  if (odd > sample.length / 3 && even < odd / 10) return { encoding: 'utf-16le', skip: 0 }
  if (even > sample.length / 3 && odd < even / 10) return { encoding: 'utf-16be', skip: 0 }
  return { encoding: 'utf-8', skip: 0 }
}
