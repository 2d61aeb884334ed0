import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { app, protocol } from 'electron'
import { pageHeaders } from '../contract/page-policy'

const scheme = 'spoor'
/** Where the page lives. A scheme of its own gives it an origin of its own, which a file has not. */
export const pageScheme = `${scheme}://app`

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm'
}

/** Has to happen before the application is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

/** Answers the page's requests from the built files, with the page's policy; nothing outside their folder can be asked for. */
export function servePages(): void {
  const root = join(app.getAppPath(), 'out', 'renderer')
  protocol.handle(scheme, async (request) => {
    const file = fileIn(root, request.url)
    const bytes = file && (await readFile(file).catch(() => null))
    if (!file || !bytes) return new Response('There is no such page.', { status: 404, headers: { ...pageHeaders } })
    const type = mediaTypes[extname(file)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(bytes), { headers: { ...pageHeaders, 'Content-Type': type } })
  })
}

function fileIn(root: string, address: string): string | null {
  const url = new URL(address)
  const path = decoded(url.pathname)
  if (path === null || url.host !== 'app' || path.includes('\0') || path.includes('\\')) return null
  const file = resolve(join(root, path === '/' ? 'index.html' : path))
  return file.startsWith(root + sep) ? file : null
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
