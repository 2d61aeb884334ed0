import { parentPort } from 'node:worker_threads'
import { type ErrorData, errorData } from '../../contract/errors'
import { copyEvidence, hashFollowing, type SealedSmall, sealSmall } from '../evidence/seal'
import type { Sealing } from '../evidence/sealing'
import { type ReadDone, type ReadJob, readFile } from './read-file'
import { readTogether, type TogetherJob } from './read-together'
import { LineScan, type Lines } from './scan-lines'
import type { Segment } from './scratch'
import { type GivenMember, type UnpackJob, unpackMembers } from './unpack-members'

interface Copy {
  readonly copy: string
  readonly sealing: Sealing
}

/** A small file, and where it is copied to. */
export interface SmallCopy {
  readonly path: string
  readonly copy: string
}

export interface Failed {
  readonly failed: ErrorData & { readonly errno?: string }
}

/** From the engine: files to copy, a copy to hash meanwhile, a copy to read or to unpack, or one more segment or member may be written. */
export type ToReader =
  | { readonly seal: Copy & { readonly path: string; readonly lines: boolean } }
  | { readonly hash: Copy }
  | { readonly sealSmall: readonly SmallCopy[] }
  | { readonly read: ReadJob }
  | { readonly together: TogetherJob }
  | { readonly unpack: UnpackJob }
  | { readonly taken: true }
export type FromReader =
  | { readonly sealed: { readonly bytes: number; readonly lines: Lines | null } }
  | { readonly sha256: string }
  | { readonly sealedSmall: readonly (SealedSmall | Failed)[] }
  | { readonly segment: Segment }
  | { readonly done: ReadDone }
  | { readonly allDone: readonly ReadDone[] }
  | { readonly member: GivenMember }
  | { readonly unpacked: true }
  | Failed

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

const failed = (error: NodeJS.ErrnoException): Failed => ({
  failed: { ...errorData(error), ...(error.code === undefined ? {} : { errno: error.code }) }
})

function sealedOrWhyNot(path: string, copy: string): SealedSmall | Failed {
  try {
    return sealSmall(path, copy)
  } catch (error) {
    // A full disk will not be less full for the next file.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error
    return failed(error as NodeJS.ErrnoException)
  }
}

async function answer(message: Exclude<ToReader, { taken: true }>): Promise<FromReader> {
  if ('hash' in message) return { sha256: hashFollowing(message.hash.copy, message.hash.sealing) }
  if ('read' in message) {
    waiting = 0
    return { done: await readFile(message.read, (segment) => give({ segment })) }
  }
  if ('together' in message) {
    waiting = 0
    return { allDone: await readTogether(message.together, (segment) => give({ segment })) }
  }
  if ('sealSmall' in message)
    return { sealedSmall: message.sealSmall.map(({ path, copy }) => sealedOrWhyNot(path, copy)) }
  if ('unpack' in message) {
    waiting = 0
    await unpackMembers(message.unpack, (member) => give({ member }))
    return { unpacked: true }
  }
  const { path, copy, sealing, lines } = message.seal
  const scan = lines ? new LineScan() : undefined
  const bytes = copyEvidence(path, copy, sealing, (block) => scan?.see(block))
  return { sealed: { bytes, lines: scan?.end() ?? null } }
}

port.on('message', (message: ToReader) => {
  if ('taken' in message) {
    waiting--
    freed?.()
    freed = undefined
    return
  }
  answer(message).then(send, (error: NodeJS.ErrnoException) => send(failed(error)))
})
