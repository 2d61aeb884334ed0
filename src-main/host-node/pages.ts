import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pageHeaders } from '../contract/page-policy'

export interface Page {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** The files of the page, by the path asked for; null when there is none. */
export type Pages = (path: string) => Promise<Page | null>

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8'
}

/** The built page in a folder. Nothing outside the folder can be asked for. */
export const builtPages =
  (folder: string): Pages =>
  async (path) => {
    const file = fileIn(folder, path)
    if (!file) return null
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return null
    return {
      headers: {
        ...pageHeaders,
        'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream',
        'Content-Length': String(found.size),
        // Built assets carry a hash of their content in the name.
        'Cache-Control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache'
      },
      body: createReadStream(file)
    }
  }

/** The page as the development server builds it, with its hot updates; its policy is looser and no release has it. */
export const devPages =
  (server: string): Pages =>
  async (path) => {
    const answer = await fetch(new URL(path, server))
    if (!answer.ok || !answer.body) return null
    return {
      headers: { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain', 'Cache-Control': 'no-store' },
      body: Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0])
    }
  }

function fileIn(folder: string, path: string): string | null {
  const root = resolve(folder)
  const asked = decoded(path.split('?')[0] ?? '')
  if (asked === null || asked.includes('\0') || asked.includes('\\')) return null
  const file = resolve(join(root, asked === '/' ? 'index.html' : asked))
  return file.startsWith(root + sep) ? file : null
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
