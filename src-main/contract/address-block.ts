/** The first and last address of a block, as numbers of 32 or 128 bits. */
export interface AddressBlock {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

/** An IPv4 or IPv6 address as a number; undefined when the text is none. */
export function addressNumber(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
  const four = number4(text)
  if (four !== undefined) return { family: 4, value: four }
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const embedded = tail.includes('.') ? number4(tail) : undefined
  if (tail.includes('.') && embedded === undefined) return undefined
  const groups = embedded === undefined ? text : text.slice(0, -tail.length) + hexPair(embedded)
  const halves = groups.split('::')
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - right.length
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined
  const full = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (!full.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return { family: 6, value: full.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) }
}

function number4(text: string): bigint | undefined {
  const bytes = text.split('.')
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) return undefined
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
}

const hexPair = (value: bigint) => `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`

/** A block in CIDR notation, `10.0.0.0/8`, `2001:db8::/32`; an address alone is a block of one. */
export function addressBlock(text: string): AddressBlock | undefined {
  const [net = '', length, ...more] = text.split('/')
  const address = addressNumber(net)
  const width = address?.family === 4 ? 32 : 128
  const bits = length === undefined ? width : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  if (!address || more.length > 0 || !(bits <= width)) return undefined
  const size = 1n << BigInt(width - bits)
  const first = address.value - (address.value % size)
  // IPv4 addresses written in IPv6 are stored as IPv4.
  if (width === 128 && bits >= 96 && first >> 32n === 0xffffn)
    return { family: 4, first: first & 0xffffffffn, last: (first & 0xffffffffn) + size - 1n }
  return { family: address.family, first, last: first + size - 1n }
}

/** Whether the text is a block with a length, so not just an address. */
export const isBlock = (text: string): boolean => text.includes('/') && addressBlock(text) !== undefined
