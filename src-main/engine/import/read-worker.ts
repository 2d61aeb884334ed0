import { parentPort } from 'node:worker_threads'
import { type ErrorData, errorData } from '../../contract/errors'
import { type ReadDone, type ReadJob, readFile } from './read-file'
import type { Segment } from './scratch'

/** From the engine: a file to read, or one more segment may be written. */
export type ToReader = { readonly job: ReadJob } | { readonly taken: true }
export type FromReader =
  | { readonly segment: Segment }
  | { readonly done: ReadDone }
  | { readonly failed: ErrorData & { readonly errno?: string } }

/** How many segments may wait: enough that neither side idles, few enough that scratch space stays small. */
const ahead = 2

const port = parentPort
if (!port) throw new Error('runs as a worker thread')
const send = (message: FromReader) => port.postMessage(message)

let waiting = 0
let freed: (() => void) | undefined

async function full(segment: Segment): Promise<void> {
  send({ segment })
  waiting++
  if (waiting >= ahead) {
    await new Promise<void>((resolve) => {
      freed = resolve
    })
  }
}

port.on('message', (message: ToReader) => {
  if ('taken' in message) {
    waiting--
    freed?.()
    freed = undefined
    return
  }
  waiting = 0
  readFile(message.job, full).then(
    (done) => send({ done }),
    (error: NodeJS.ErrnoException) =>
      send({ failed: { ...errorData(error), ...(error.code === undefined ? {} : { errno: error.code }) } })
  )
})
