import { parentPort } from 'node:worker_threads'
import { type ErrorData, errorData } from '../../contract/errors'
import { copyEvidence, hashFollowing } from '../evidence/seal'
import { type ReadDone, type ReadJob, readFile } from './read-file'
import { LineScan, type Lines } from './scan-lines'
import type { Segment } from './scratch'
import { type GivenMember, type UnpackJob, unpackMembers } from './unpack-members'

/** `written` holds how many bytes of the copy are there, and whether those are all: the copying and the hashing thread share it. */
interface Copy {
  readonly copy: string
  readonly written: BigInt64Array
}

/** From the engine: a file to copy, a copy to hash meanwhile, a copy to read or to unpack, or one more segment or member may be written. */
export type ToReader =
  | { readonly seal: Copy & { readonly path: string; readonly lines: boolean } }
  | { readonly hash: Copy }
  | { readonly read: ReadJob }
  | { readonly unpack: UnpackJob }
  | { readonly taken: true }
export type FromReader =
  | { readonly sealed: { readonly bytes: number; readonly lines: Lines | null } }
  | { readonly sha256: string }
  | { readonly segment: Segment }
  | { readonly done: ReadDone }
  | { readonly member: GivenMember }
  | { readonly unpacked: true }
  | { readonly failed: ErrorData & { readonly errno?: string } }

/** How many segments or members may wait: enough that neither side idles, few enough that scratch space stays small. */
const ahead = 2

const port = parentPort
if (!port) throw new Error('runs as a worker thread')
const send = (message: FromReader) => port.postMessage(message)

let waiting = 0
let freed: (() => void) | undefined

async function give(message: FromReader): Promise<void> {
  send(message)
  waiting++
  if (waiting >= ahead) {
    await new Promise<void>((resolve) => {
      freed = resolve
    })
  }
}

async function answer(message: Exclude<ToReader, { taken: true }>): Promise<FromReader> {
  if ('hash' in message) return { sha256: hashFollowing(message.hash.copy, message.hash.written) }
  if ('read' in message) {
    waiting = 0
    return { done: await readFile(message.read, (segment) => give({ segment })) }
  }
  if ('unpack' in message) {
    waiting = 0
    await unpackMembers(message.unpack, (member) => give({ member }))
    return { unpacked: true }
  }
  const { path, copy, written, lines } = message.seal
  const scan = lines ? new LineScan() : undefined
  const bytes = copyEvidence(path, copy, written, (block) => scan?.see(block))
  return { sealed: { bytes, lines: scan?.end() ?? null } }
}

port.on('message', (message: ToReader) => {
  if ('taken' in message) {
    waiting--
    freed?.()
    freed = undefined
    return
  }
  answer(message).then(send, (error: NodeJS.ErrnoException) =>
    send({ failed: { ...errorData(error), ...(error.code === undefined ? {} : { errno: error.code }) } })
  )
})
