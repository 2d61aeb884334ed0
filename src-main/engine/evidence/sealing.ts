import { open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** How far the sealing of a copy is: shared by the thread that copies, the one that takes the SHA-256, and who reads behind them. */
export type Sealing = BigInt64Array

/** Bytes that stand in the copy and whether those are all; bytes that the SHA-256 was taken of and whether those are all. */
export const [written, copied, hashed, sealed] = [0, 1, 2, 3]

export const newSealing = (): Sealing => new BigInt64Array(new SharedArrayBuffer(32))

const blockBytes = 4 << 20

/** The bytes of a copy that is still being written, none before the SHA-256 was taken of it. */
export async function* sealedBytes(copy: string, sealing: Sealing): AsyncGenerator<Buffer> {
  const handle = await open(copy, 'r')
  try {
    let total = 0
    for (;;) {
      // Looked at before the count: what is hashed before the end is told is then counted.
      const ended = Atomics.load(sealing, sealed) === 1n
      for (let left = countOf(sealing) - total; left > 0; left = countOf(sealing) - total) {
        const block = Buffer.allocUnsafe(Math.min(blockBytes, left))
        const { bytesRead } = await handle.read(block, 0, block.length, total)
        total += bytesRead
        yield block.subarray(0, bytesRead)
      }
      if (ended) return
      await pause(5)
    }
  } finally {
    await handle.close()
  }
}

const countOf = (sealing: Sealing): number => Number(Atomics.load(sealing, hashed))
