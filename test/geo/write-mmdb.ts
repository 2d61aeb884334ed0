import { writeFileSync } from 'node:fs'

type Data = string | number | { readonly [key: string]: Data }
type Node = [Node | number | null, Node | number | null]

/** Writes a small MaxMind database (24-bit records): each block, as `1.2.3.0/24`, with its data. https://maxmind.github.io/MaxMind-DB/ */
export function writeMmdb(path: string, type: string, version: 4 | 6, blocks: Readonly<Record<string, Data>>): string {
  const root: Node = [null, null]
  const data: Buffer[] = []
  let dataSize = 0
  for (const [block, value] of Object.entries(blocks)) {
    insert(root, bitsOf(block, version), dataSize)
    const bytes = encode(value)
    data.push(bytes)
    dataSize += bytes.length
  }
  const nodes = list(root)
  const tree = Buffer.concat(
    nodes.map((node) => {
      const bytes = Buffer.alloc(6)
      for (const side of [0, 1]) bytes.writeUIntBE(target(node[side] ?? null, nodes), side * 3, 3)
      return bytes
    })
  )
  const metadata = encode({
    binary_format_major_version: 2,
    build_epoch: 1_767_225_600,
    database_type: type,
    ip_version: version,
    node_count: nodes.length,
    record_size: 24
  })
  writeFileSync(
    path,
    Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata])
  )
  return path
}

function bitsOf(block: string, version: 4 | 6): string {
  const [net = '', length] = block.split('/')
  const v4 = net.includes('.')
  const bits = v4
    ? net.split('.').map((part) => Number(part).toString(2).padStart(8, '0'))
    : net.split(':').map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0'))
  const inside = v4 && version === 6 ? '0'.repeat(96) : ''
  return inside + bits.join('').slice(0, Number(length))
}

function insert(root: Node, bits: string, offset: number): void {
  let node = root
  for (const bit of bits.slice(0, -1)) {
    const side = Number(bit)
    const next = node[side]
    const below: Node = Array.isArray(next) ? next : [null, null]
    node[side] = below
    node = below
  }
  node[Number(bits.at(-1))] = offset
}

function list(node: Node): Node[] {
  return [node, ...node.flatMap((side) => (Array.isArray(side) ? list(side) : []))]
}

const target = (side: Node | number | null, nodes: readonly Node[]): number =>
  side === null ? nodes.length : Array.isArray(side) ? nodes.indexOf(side) : nodes.length + 16 + side

function encode(value: Data): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'object') {
    const entries = Object.entries(value)
    return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, of]) => [encode(key), encode(of)])])
  }
  const bytes = Buffer.alloc(8)
  if (Number.isInteger(value) && value >= 0) {
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(6, 4), bytes.subarray(0, 4)])
  }
  bytes.writeDoubleBE(value)
  return Buffer.concat([control(3, 8), bytes])
}

const control = (type: number, size: number): Buffer =>
  size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29])
