import { join, resolve } from 'node:path'
import type { HostCommand } from '../contract/host'
import { createEngine } from '../engine/engine'
import { homeFolder } from '../engine/home'
import { callsOf, serve } from '../engine/serve'
import { installation, resources, version } from './installation'
import { builtPages, devPages } from './pages'
import { type LoopbackHost, startServer } from './server'
import { Spool } from './spool'
import type { Terminal } from './terminal'

interface Request {
  readonly port: number
  readonly commands: HostCommand[]
  /** The case to open first. */
  readonly folder?: string
}

/** An engine and the loopback host before it, in this process. */
export async function startHost({ port, commands, folder }: Request): Promise<LoopbackHost> {
  const home = homeFolder()
  const spool = new Spool(home)
  // Also when the process ends in the midst of something.
  process.once('exit', () => spool.close())
  const served = serve((events) => {
    const engine = createEngine({ home, resources, version, events })
    return {
      ...callsOf(engine),
      importPaths: spool.importing((request) => engine.importPaths(request)),
      releasePaths: (paths) => spool.release(paths)
    }
  })
  const development = process.env['ELECTRON_RENDERER_URL']
  const pages = development ? devPages(development) : builtPages(join(installation, 'out', 'renderer'))
  const host = await startServer({ served, pages, spool, port, commands })
  const passphrase = process.env['SPOOR_PASSPHRASE']
  try {
    if (passphrase) await served.engine.unlockVault(passphrase)
    if (folder) await served.engine.openCase(resolve(folder))
  } catch (error) {
    await host.close()
    throw error
  }
  return {
    ...host,
    close: async () => {
      await host.close()
      await served.engine.closeCase()
    }
  }
}

/** Until Ctrl-C, or until the terminal is closed. */
export const untilInterrupted = (terminal: Terminal): Promise<void> =>
  new Promise((resolve) => {
    const release = terminal.onInterrupt(() => {
      release()
      resolve()
    })
  })
