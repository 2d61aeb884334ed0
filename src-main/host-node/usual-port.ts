import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Starts something on the port of last time, because a browser keeps what the analyst set (theme, columns, zone) by address and
 * port. Where another window of ours has it, on any free one.
 */
export async function onUsualPort<T extends { readonly port: number }>(
  home: string,
  start: (port: number) => Promise<T>
): Promise<{ host: T; usual: boolean }> {
  const file = join(home, 'port')
  const port = portIn(file)
  try {
    const host = await start(port)
    if (host.port !== port) {
      mkdirSync(home, { recursive: true })
      writeFileSync(file, String(host.port))
    }
    return { host, usual: true }
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return { host: await start(0), usual: false }
  }
}

function portIn(file: string): number {
  try {
    const port = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0
  } catch {
    return 0
  }
}
