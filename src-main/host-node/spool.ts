import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../contract/errors'
import type { Engine } from '../contract/rpc'

/** Refusals that are questions. */
const asks: ReadonlySet<string> = new Set(['source_ambiguous', 'source_unmapped'])

/** Where files lie that a browser hands over, between their arrival and their import. Each is alone in a folder, under its own name. */
export class Spool {
  readonly #folder: string

  constructor(home: string) {
    const all = join(home, 'spool')
    mkdirSync(all, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(all)) {
      if (!isRunning(Number(name.split('-')[0]))) rmSync(join(all, name), { recursive: true, force: true })
    }
    this.#folder = join(all, `${process.pid}-${randomBytes(6).toString('hex')}`)
    mkdirSync(this.#folder, { mode: 0o700 })
  }

  /**
   * Keeps what is sent and gives its path; a file that does not arrive whole leaves nothing behind. `modified` is when the original
   * was last changed, in epoch milliseconds, where the browser tells: evidence carries that time, not that of its arrival.
   */
  async keep(name: string, body: Readable, modified = 0): Promise<string> {
    const folder = join(this.#folder, randomBytes(12).toString('hex'))
    mkdirSync(folder, { mode: 0o700 })
    const path = join(folder, fileName(name))
    try {
      await pipeline(body, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
      if (modified > 0) await utimes(path, modified / 1000, modified / 1000)
      return path
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      const sentence = `${name}: the disk is full. Free some space on the disk of ${this.#folder} and drop the file again.`
      throw new AppError('disk_full', sentence, { file: name })
    }
  }

  /** Imports, then drops the copies: the case has its own by then. One that the analyst is asked about is kept until that is answered. */
  importing(importPaths: Engine['importPaths']): Engine['importPaths'] {
    return async (request) => {
      let asked: readonly string[] = []
      try {
        const result = await importPaths(request)
        asked = result.refused.filter(({ code }) => asks.has(code)).map(({ path }) => path)
        return result
      } finally {
        await this.release(request.paths.filter((path) => !asked.some((one) => one.startsWith(path))))
      }
    }
  }

  /** Drops the copies among these files. */
  async release(paths: readonly string[]): Promise<void> {
    await Promise.all(paths.filter((path) => this.#holds(path)).map((path) => this.#drop(path)))
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #holds = (path: string): boolean => dirname(dirname(path)) === this.#folder
  #drop = (path: string): Promise<void> => rm(dirname(path), { recursive: true, force: true })
}

/** The last part of a name as the browser gave it, short enough for any disk. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)?.replaceAll('\0', '') ?? ''
  if (last === '' || last === '.' || last === '..') return 'unnamed'
  let short = last
  while (Buffer.byteLength(short) > 240) short = short.slice(1)
  return short
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
