import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { AppError } from '../../contract/errors'

const blockBytes = 4 << 20

/**
 * Copies a file's bytes into `copy`, which is there and empty, showing each block to `see`, and answers how many there were. `written` counts those that stand in the copy,
 * for whoever hashes it beside. A file that changes meanwhile is refused.
 */
export function copyEvidence(path: string, copy: string, written: BigInt64Array, see: (block: Buffer) => void): number {
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
      Atomics.store(written, 0, BigInt(total))
      Atomics.notify(written, 0)
      see(block.subarray(0, read))
    }
    const after = fstatSync(from)
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || total !== before.size) {
      throw new AppError(
        'file_changed',
        `${path} changed while it was read, so nothing of it was imported. Wait until it is no longer written to, or import a copy of it.`,
        { file: path }
      )
    }
    return total
  } finally {
    closeSync(from)
    closeSync(to)
    Atomics.store(written, 1, 1n)
    Atomics.notify(written, 0)
  }
}

/** SHA-256 of a copy while it is written: follows `written` (bytes there, and whether those are all) to its end. */
export function hashFollowing(copy: string, written: BigInt64Array): string {
  const hash = createHash('sha256')
  const handle = openSync(copy, 'r')
  try {
    const block = Buffer.allocUnsafe(blockBytes)
    let total = 0n
    for (;;) {
      // Looked at before the count: what is written before the end is told is then counted.
      const ended = Atomics.load(written, 1) === 1n
      while (total < Atomics.load(written, 0)) {
        const read = readSync(handle, block, 0, blockBytes, null)
        hash.update(block.subarray(0, read))
        total += BigInt(read)
      }
      if (ended) return hash.digest('hex')
      Atomics.wait(written, 0, total, 50)
    }
  } finally {
    closeSync(handle)
  }
}
