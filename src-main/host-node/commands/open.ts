import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../contract/errors'
import { homeFolder } from '../../engine/home'
import { openAppWindow } from '../app-window'
import { installedBrowser } from '../browser'
import type { Command, ExitCode } from '../command'
import { electronBinary, hasScreen } from '../electron-binary'
import { expandGlob } from '../glob'
import { installation } from '../installation'
import { startHost, untilInterrupted } from '../start-host'
import type { Terminal } from '../terminal'
import { onUsualPort } from '../usual-port'

export default {
  usage: '[case or files…]',
  about:
    'Opens the application: the desktop shell where it is there, else a window of an installed Chromium, Chrome or Edge.',
  options: { browser: { type: 'boolean', about: 'use the browser’s window even if the desktop shell is there' } },
  notes: 'Where there is no screen or no browser it prints the address. Ctrl-C ends it.',
  async run(call) {
    const paths = call.words.flatMap(expandGlob).map((path) => resolve(path))
    for (const path of paths) {
      if (!existsSync(path)) throw new AppError('file_missing', `${path}: there is no such file.`, { file: path })
    }
    const shell = call.has('browser') || !hasScreen() ? null : electronBinary(installation)
    return shell ? openShell(shell, paths) : openBrowser(paths, call.terminal)
  }
} satisfies Command as Command

function openShell(shell: string, paths: readonly string[]): Promise<ExitCode> {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(shell, [installation, ...noSandbox, ...paths], { stdio: 'inherit' })
  const end = () => void child.kill('SIGTERM')
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => done(code ? 1 : 0))
  })
}

async function openBrowser(paths: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const isCase = (path: string) => existsSync(join(path, 'case.duckdb'))
  const folder = paths.find(isCase)
  const files = paths.filter((path) => !isCase(path))
  const commands = files.length ? [{ do: 'import' as const, paths: files }] : []
  const home = homeFolder()
  const { host, usual } = await onUsualPort(home, (port) => startHost({ port, commands, ...(folder && { folder }) }))
  const interrupted = untilInterrupted(terminal)
  const browser = hasScreen() ? installedBrowser() : null
  if (browser) {
    const profile = join(home, usual ? 'window' : `window-${process.pid}`)
    const window = openAppWindow(browser, profile, host.newAddress())
    const closed = new Promise<boolean>((done) => {
      window.once('error', () => done(false))
      window.once('exit', (code) => done(code === 0))
    })
    const shown = await Promise.race([closed, interrupted.then(() => true)])
    window.kill()
    await closed
    // The browser's own children still write for a moment.
    if (!usual) await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    if (shown) return end(host)
    terminal.err(`${browser} could not show a window.`)
  }
  await terminal.out(`${host.newAddress()}\n`)
  terminal.err('Open the address in a browser on this machine; it works once. Ctrl-C ends.')
  await interrupted
  return end(host)
}

async function end(host: { close(): Promise<void> }): Promise<ExitCode> {
  await host.close()
  return 0
}
