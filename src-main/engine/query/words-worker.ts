import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { gramCount, gramsOf } from './words-grams'
import { slot } from './words-index'

/** From the engine: the text of a block to take grams from, or the end of a segment and the file it goes to. */
export type ToWordsWorker = { readonly block: number; readonly text: Uint8Array } | { readonly file: string }

const port = parentPort
if (!port) throw new Error('runs as a worker thread')

const bits = new Uint8Array(gramCount * slot)
let grams = new Uint32Array(1 << 22)

port.on('message', (message: ToWordsWorker) => {
  if ('file' in message) {
    mkdirSync(dirname(message.file), { recursive: true })
    writeFileSync(`${message.file}.new`, bits)
    renameSync(`${message.file}.new`, message.file)
    bits.fill(0)
  } else {
    const { block, text } = message
    if (grams.length < text.length) grams = new Uint32Array(text.length)
    const found = gramsOf(text, grams, false)
    const [byte, bit] = [block >> 3, 1 << (block & 7)]
    for (let at = 0; at < found; at++) {
      const place = (grams[at] as number) * slot + byte
      bits[place] = (bits[place] as number) | bit
    }
  }
  port.postMessage('done')
})
