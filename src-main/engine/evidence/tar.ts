import { pipeline, Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { contentOf } from './content'
import type { Member } from './member'
import { Truncated } from './truncated'

const block = 512
const checksumAt = 148

/** Whether a file begins with the header of a tar archive: its checksum fits. */
export function isTar(head: Buffer): boolean {
  if (head.length < block || head[0] === 0) return false
  const written = head.subarray(checksumAt, checksumAt + 8).toString('latin1')
  if (!/^[ 0]*[0-7]+[\0 ]*$/.test(written)) return false
  let sum = 0
  for (let at = 0; at < block; at++) sum += at >= checksumAt && at < checksumAt + 8 ? 0x20 : (head[at] as number)
  return sum === Number.parseInt(written.trim(), 8)
}

/** The files of a tar archive, plain or compressed, as they come by. */
export async function* tarMembers(bytes: AsyncIterable<Buffer>): AsyncGenerator<Member> {
  const tar = extract()
  let fault: unknown
  let read = 0
  const counted = async function* () {
    for await (const part of bytes) {
      read += part.length
      yield part
    }
  }
  const source = Readable.from(contentOf(counted()), { objectMode: false })
  pipeline(source, tar, (error) => {
    fault = error ?? undefined
  })
  let index = 0
  try {
    for await (const entry of tar) {
      const { name, mtime, type, size = 0 } = entry.header
      const drain = () => entry.resume()
      if (type === 'directory') drain()
      else {
        const isFile = type === 'file' || type === 'contiguous-file'
        yield {
          index,
          name,
          modified: mtime ?? null,
          bytes: size,
          packed: null,
          read,
          ...(isFile ? {} : { fault: `it is no file but a ${type ?? 'thing unknown'}` }),
          content: () => cutOff(entry)
        }
        drain()
      }
      index++
    }
  } catch (error) {
    throw new Truncated(String(fault ?? error))
  } finally {
    source.destroy()
  }
}

async function* cutOff(entry: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  try {
    for await (const part of entry) yield part as Buffer
  } catch (error) {
    throw new Truncated(String(error))
  }
}
