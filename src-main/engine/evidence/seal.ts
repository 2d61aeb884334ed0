import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, readSync, type Stats, writeFileSync, writeSync } from 'node:fs'
import { AppError } from '../../contract/errors'
import { copied, hashed, type Sealing, sealed, written } from './sealing'

const blockBytes = 4 << 20

/**
 * Copies a file's bytes into `copy`, which is there and empty, showing each block to `see`, and answers how many there were. `sealing` counts those that stand in the copy,
 * for whoever hashes it beside. A file that changes meanwhile is refused.
 */
export function copyEvidence(path: string, copy: string, sealing: Sealing, see: (block: Buffer) => void): number {
  const from = openSync(path, 'r')
  const to = openSync(copy, 'r+')
  try {
    const before = fstatSync(from)
    const block = Buffer.allocUnsafe(blockBytes)
    let total = 0
    for (;;) {
      const read = readSync(from, block, 0, blockBytes, null)
      if (read === 0) break
      for (let at = 0; at < read; ) at += writeSync(to, block, at, read - at)
      total += read
      Atomics.store(sealing, written, BigInt(total))
      Atomics.notify(sealing, written)
      see(block.subarray(0, read))
    }
    refuseChanged(path, before, fstatSync(from), total)
    return total
  } finally {
    closeSync(from)
    closeSync(to)
    Atomics.store(sealing, copied, 1n)
    Atomics.notify(sealing, written)
  }
}

function refuseChanged(path: string, before: Stats, after: Stats, bytes: number): void {
  if (after.size === before.size && after.mtimeMs === before.mtimeMs && bytes === before.size) return
  throw new AppError(
    'file_changed',
    `${path} changed while it was read, so nothing of it was imported. Wait until it is no longer written to, or import a copy of it.`,
    { file: path }
  )
}

export interface SealedSmall {
  readonly sha256: string
  readonly bytes: number
  readonly modified: string
}

/** Copies a small file in one go, and takes the SHA-256 of what stands in the copy. A file that changes meanwhile is refused. */
export function sealSmall(path: string, copy: string): SealedSmall {
  const from = openSync(path, 'r')
  try {
    const before = fstatSync(from)
    const bytes = readFileSync(from)
    writeFileSync(copy, bytes, { flag: 'wx', mode: 0o600 })
    refuseChanged(path, before, fstatSync(from), bytes.length)
    const sha256 = createHash('sha256').update(readFileSync(copy)).digest('hex')
    return { sha256, bytes: bytes.length, modified: before.mtime.toISOString() }
  } finally {
    closeSync(from)
  }
}

/** SHA-256 of a copy while it is written: follows what stands in the copy to its end, and tells how far it is. */
export function hashFollowing(copy: string, sealing: Sealing): string {
  const hash = createHash('sha256')
  const handle = openSync(copy, 'r')
  try {
    const block = Buffer.allocUnsafe(blockBytes)
    let total = 0n
    for (;;) {
      // Looked at before the count: what is written before the end is told is then counted.
      const ended = Atomics.load(sealing, copied) === 1n
      while (total < Atomics.load(sealing, written)) {
        const read = readSync(handle, block, 0, blockBytes, null)
        hash.update(block.subarray(0, read))
        total += BigInt(read)
        Atomics.store(sealing, hashed, total)
      }
      if (ended) return hash.digest('hex')
      Atomics.wait(sealing, written, total, 50)
    }
  } finally {
    closeSync(handle)
    Atomics.store(sealing, sealed, 1n)
  }
}
