import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { gramCount, gramsOf } from './words-grams'
import { segmentBlocks, slot } from './words-index'

/** From the engine: the text of a block to take grams from, or the end of a segment and the file it goes to. */
export type ToWordsWorker = { readonly block: number; readonly text: Uint8Array } | { readonly file: string }

const port = parentPort
if (!port) throw new Error('runs as a worker thread')

/** A bit for each gram, of each block of a segment. */
const blocks = Array.from({ length: segmentBlocks }, () => new Uint8Array(gramCount / 8))
let grams = new Uint32Array(1 << 22)

function mark(bits: Uint8Array, text: Uint8Array): void {
  if (grams.length < text.length) grams = new Uint32Array(text.length)
  const found = gramsOf(text, grams, false)
  for (let at = 0; at < found; at++) {
    const gram = grams[at] as number
    bits[gram >> 3] = (bits[gram >> 3] as number) | (1 << (gram & 7))
  }
}

/** A bit for each block, of each gram: what the file holds, so that a gram is looked up by reading one place of it. */
function turned(): Uint8Array {
  const bytes = new Uint8Array(gramCount * slot)
  for (const [block, bits] of blocks.entries()) {
    const [byte, bit] = [block >> 3, 1 << (block & 7)]
    for (let at = 0; at < bits.length; at++) {
      const eight = bits[at] as number
      for (let gram = 0; eight >> gram; gram++) {
        const place = (at * 8 + gram) * slot + byte
        if (eight & (1 << gram)) bytes[place] = (bytes[place] as number) | bit
      }
    }
    bits.fill(0)
  }
  return bytes
}

port.on('message', (message: ToWordsWorker) => {
  if ('file' in message) {
    mkdirSync(dirname(message.file), { recursive: true })
    writeFileSync(`${message.file}.new`, turned())
    renameSync(`${message.file}.new`, message.file)
  } else {
    mark(blocks[message.block] as Uint8Array, message.text)
  }
  port.postMessage('done')
})
