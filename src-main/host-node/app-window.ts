import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Opens the application in a browser's window without tabs and address bar, with a profile of its own, so that closing the window
 * ends the process. Whoever lists processes sees its arguments, so the address stands in a file that only this user can read.
 */
export function openAppWindow(browser: string, profile: string, address: string): ChildProcess {
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  const page = join(profile, `open-${process.pid}.html`)
  rmSync(page, { force: true })
  writeFileSync(page, redirectTo(address), { mode: 0o600, flag: 'wx' })
  const args = [
    `--app=${pathToFileURL(page).href}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Chromium's sandbox cannot be had by root; the window shows no page but ours.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : [])
  ]
  const child = spawn(browser, args, { stdio: 'ignore' })
  const tidy = () => rmSync(page, { force: true })
  child.once('exit', tidy)
  process.once('exit', tidy)
  return child
}

const redirectTo = (address: string): string =>
  `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${address}"><title>Spoor</title>`
