import { BlockList, isIP } from 'node:net'

export interface Address {
  readonly family: 4 | 6
  readonly text: string
}

/** An IPv4 address inside an IPv6 one, as browsers write it: mapped, or behind the well-known NAT64 prefix. */
const carried = /^\[(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/

/** An address as a database can be asked for it: without a zone, and as IPv4 where it carries one. Null when it is none. */
export function parseAddress(written: string): Address | null {
  const text = written.replace(/%.*$/, '')
  const family = isIP(text)
  if (family === 0) return null
  if (family === 4) return { family: 4, text }
  const [, high, low] = carried.exec(new URL(`http://[${text}]`).hostname) ?? []
  if (!high || !low) return { family: 6, text }
  const bits = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16)
  return { family: 4, text: [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.') }
}

/** Blocks that lie nowhere in the world: the IANA special-purpose registries, and multicast. */
export const placeless: readonly (readonly [block: string, about: string])[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared by carrier NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'benchmarks'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved, broadcast'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['64:ff9b:1::/48', 'local NAT64'],
  ['100::/64', 'discard'],
  ['2001:2::/48', 'benchmarks'],
  ['2001:10::/28', 'identifiers, not locations'],
  ['2001:20::/28', 'identifiers, not locations'],
  ['2001:db8::/32', 'documentation'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment routing'],
  ['fc00::/7', 'unique local'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast']
]

const sixes = new BlockList()
const fours: (readonly [first: number, last: number])[] = []
for (const [block] of placeless) {
  const [net = '', bits] = block.split('/')
  if (net.includes(':')) sixes.addSubnet(net, Number(bits), 'ipv6')
  else fours.push([number(net), number(net) + 2 ** (32 - Number(bits)) - 1])
}

/** An IPv4 address as the number it is. */
function number(text: string): number {
  let value = 0
  for (const part of text.split('.')) value = value * 256 + Number(part)
  return value
}

/** Whether the address belongs to no place: private, loopback, link-local, carrier NAT, documentation, multicast and the like. */
export function isPlaceless({ family, text }: Address): boolean {
  if (family === 6) return sixes.check(text, 'ipv6')
  // A BlockList would say it too, in ten times the time: an import asks for every address it holds.
  const address = number(text)
  return fours.some(([first, last]) => address >= first && address <= last)
}
