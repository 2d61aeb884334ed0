import { execFileSync } from 'node:child_process'
import { crc32, deflateRawSync } from 'node:zlib'

export interface Packed {
  readonly name: string
  readonly bytes: Buffer
  /** 0 as it stands, 8 deflated; anything else is only said to be so. */
  readonly method?: number
  readonly flags?: number
  readonly zip64?: boolean
  /** What the archive says of its checksum, where that is wrong. */
  readonly crc?: number
}

const utf8 = 0x800

/** A ZIP archive, byte by byte as its specification says: with names, methods and sizes that tools would not write. */
export function zip(members: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, bytes, method = 8, flags = utf8, zip64 = false, crc = crc32(bytes) } of members) {
    const data = method === 8 ? deflateRawSync(bytes) : bytes
    const [raw, long] = [Buffer.from(name), 0xffffffff]
    const sizes = Buffer.alloc(8)
    sizes.writeUInt32LE(zip64 ? long : data.length, 0)
    sizes.writeUInt32LE(zip64 ? long : bytes.length, 4)
    const extra = (offset: boolean) => {
      if (!zip64) return Buffer.alloc(0)
      const field = Buffer.alloc(offset ? 28 : 20)
      field.writeUInt16LE(1, 0)
      field.writeUInt16LE(field.length - 4, 2)
      field.writeBigUInt64LE(BigInt(bytes.length), 4)
      field.writeBigUInt64LE(BigInt(data.length), 12)
      if (offset) field.writeBigUInt64LE(BigInt(at), 20)
      return field
    }
    const common = Buffer.alloc(14)
    common.writeUInt16LE(zip64 ? 45 : 20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt16LE(0x6c20, 6)
    common.writeUInt16LE(0x5c69, 8)
    common.writeUInt32LE(crc, 10)
    const lengths = (field: Buffer) => {
      const both = Buffer.alloc(4)
      both.writeUInt16LE(raw.length, 0)
      both.writeUInt16LE(field.length, 2)
      return both
    }
    const local = extra(false)
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, sizes, lengths(local), raw, local])
    const field = extra(true)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(zip64 ? long : at, 10)
    const made = Buffer.from([0x2d, 3])
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), made, common, sizes, lengths(field), tail, raw, field]))
    parts.push(head, data)
    at += head.length + data.length
  }
  const table = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(members.length, 4)
  end.writeUInt16LE(members.length, 6)
  end.writeUInt32LE(table.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, table, Buffer.from('PK\x05\x06'), end])
}

/** Whether a program is there to make archives with. */
export function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
