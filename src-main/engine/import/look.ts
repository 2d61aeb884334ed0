import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import { encodingOf } from '../evidence/encoding'
import { type Compression, compressionOf } from '../evidence/unpack'
import { unpackedHead } from '../evidence/unpack-head'
import type { Format } from './format'

/** The first bytes of a file, decompressed and as text, and what they say of its encoding. */
export interface Look {
  readonly head: string
  readonly encoding: Format['encoding']
  readonly compression: Format['compression']
  readonly skip: number
  /** Whether the head is the whole file. */
  readonly whole: boolean
  /** Further stretches of whole lines from the middle and the end; none for compressed files. */
  readonly further: readonly string[]
}

const headBytes = 1 << 20
const stretchBytes = 64 << 10

// What a file begins with that is no log: https://en.wikipedia.org/wiki/List_of_file_signatures
const signatures: readonly (readonly [string, string])[] = [
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['25504446', 'a PDF document'],
  ['4d5a', 'a Windows program'],
  ['7f454c46', 'a Linux program'],
  ['cafebabe', 'a program'],
  ['504b0304', 'a document in a ZIP container, such as those of an Office'],
  ['425a68', 'compressed with bzip2'],
  ['fd377a585a00', 'compressed with xz'],
  ['377abcaf271c', 'a 7-Zip archive'],
  ['526172211a07', 'a RAR archive'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
  ['456c6646696c6500', 'a Windows event log (.evtx)'],
  ['50415231', 'a Parquet file'],
  ['d0cf11e0', 'an old Office document']
]

const wayOut = 'Export the audit log as JSON, JSON lines or CSV, and import that'

/** Reads the beginning of a file, and refuses what is no log with a sentence that names it. */
export function look(path: string, name = basename(path)): Look {
  const handle = opened(path)
  try {
    const stat = fstatSync(handle)
    if (stat.isDirectory()) throw new AppError('file_not_a_log', `${name} is a folder.`, { file: path })
    if (stat.size === 0)
      throw new AppError('file_empty', `${name} is empty: it has no bytes. Export it again.`, { file: path })
    const bytes = read(handle, 0, Math.min(headBytes, stat.size))
    const signature = bytes.subarray(0, 16).toString('hex')
    const known = signatures.find(([start]) => signature.startsWith(start))
    if (known) {
      const packed = /archive|compressed/.test(known[1])
      throw new AppError(
        'file_not_a_log',
        `${name} is ${known[1]}, not a log. ${packed ? 'Unpack it, and import what is inside' : wayOut}.`,
        { file: path }
      )
    }
    const compression = compressionOf(bytes)
    const content = inflated(bytes, compression, path, name)
    const { encoding, skip } = encodingOf(content)
    const head = decode(content, encoding, skip)
    if (head.trim() === '')
      throw new AppError('file_empty', `${name} holds nothing but blank space. Export it again.`, { file: path })
    if (binary(head))
      throw new AppError('file_not_a_log', `${name} is not text, so it is no log that can be read here. ${wayOut}.`, {
        file: path
      })
    const whole = compression === 'none' && bytes.length === stat.size
    const plain = compression === 'none' && encoding === 'utf-8'
    const further = whole || !plain ? [] : [0.25, 0.5, 0.75, 1].map((part) => stretch(handle, stat.size, part))
    return { head, encoding, compression, skip, whole, further }
  } finally {
    closeSync(handle)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new AppError('file_missing', `${path} is not there.`, { file: path })
    if (code === 'EACCES' || code === 'EPERM') {
      throw new AppError(
        'file_denied',
        `${path} may not be read by you. Ask for the right to read it, or copy it to where you have it.`,
        { file: path }
      )
    }
    throw error
  }
}

function read(handle: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let got = 0
  while (got < length) {
    const more = readSync(handle, bytes, got, length - got, position + got)
    if (more === 0) break
    got += more
  }
  return bytes.subarray(0, got)
}

function inflated(bytes: Buffer, compression: Compression, path: string, name: string): Buffer {
  try {
    return unpackedHead(bytes, compression)
  } catch {
    throw new AppError(
      'file_truncated',
      `${name} is a damaged ${compression} file: nothing of it can be decompressed. Get it again.`,
      { file: path }
    )
  }
}

const decode = (bytes: Buffer, encoding: Format['encoding'], skip: number) =>
  encoding === 'utf-8' ? bytes.subarray(skip).toString('utf8') : new TextDecoder(encoding).decode(bytes)

/** More than a few control characters, or undecodable bytes, in the first stretch: no text. */
function binary(head: string): boolean {
  const sample = head.slice(0, 8192)
  let odd = 0
  for (const char of sample) {
    const code = char.charCodeAt(0)
    if (char === '\uFFFD' || (code < 32 && !'\t\n\r\x0b\x0c\x1b'.includes(char))) odd++
  }
  return odd > sample.length / 20
}

function stretch(handle: number, size: number, part: number): string {
  const start = Math.max(0, Math.floor(size * part) - stretchBytes)
  const text = read(handle, start, stretchBytes).toString('utf8')
  // From the first whole line to the last.
  return text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\n') + 1)
}
