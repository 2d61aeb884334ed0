import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { _electron, test as base, type CDPSession, type ElectronApplication, expect, type Page } from '@playwright/test'

export { expect } from '@playwright/test'

export const root = resolve(import.meta.dirname, '../..')
export const fixture = (path: string): string => join(root, 'test/fixtures/e2e', path)
const command = join(root, 'scripts/spoor.cjs')

/** The application as a test has it: a window, a home of its own, and everything it asked of the network or complained about. */
export interface Spoor {
  readonly page: Page
  readonly home: string
  readonly host: Host
  /** Every address the window asked for. */
  readonly requests: readonly string[]
  /** Errors and warnings of the page. */
  readonly problems: string[]
  /** Drags files and folders from outside over the window and lets go. */
  drop(...paths: string[]): Promise<void>
  /** Does what opens a file dialog, and answers it. */
  choose(open: () => Promise<void>, ...paths: string[]): Promise<void>
}

export type Host = 'loopback' | 'electron'
type Case = 'none' | 'shift' | 'sample' | 'months'

interface Fixtures {
  spoor: Spoor
  /** The case that is open at the start: a fresh copy of one made once for all tests. */
  opens: Case
}
interface WorkerFixtures {
  host: Host
  caseOf: (name: Exclude<Case, 'none'>) => Promise<string>
}

const logs: Record<Exclude<Case, 'none'>, string> = {
  shift: fixture('shift.json'),
  sample: join(root, 'resources/samples/*/*'),
  months: join(root, 'test/fixtures/rebuilt/?-*')
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  host: ['loopback', { scope: 'worker', option: true }],
  opens: ['none', { option: true }],

  caseOf: [
    // biome-ignore lint/correctness/noEmptyPattern: playwright reads from the pattern which fixtures are needed.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'spoor-e2e-cases-'))
      const made = new Map<string, Promise<string>>()
      const make = async (name: Exclude<Case, 'none'>): Promise<string> => {
        const path = join(folder, `${name}.spoor`)
        await spoorCommand(join(folder, 'home'), 'import', logs[name], '--case', path)
        return path
      }
      await use((name) => {
        const path = made.get(name) ?? make(name)
        made.set(name, path)
        return path
      })
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' }
  ],

  spoor: async ({ page, host, opens, caseOf }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'spoor-e2e-'))
    page.setDefaultTimeout(15_000)
    const open = opens === 'none' ? null : join(home, `${opens}.spoor`)
    if (open && opens !== 'none') cpSync(await caseOf(opens), open, { recursive: true })
    const app = await (host === 'electron' ? inElectron(home, open) : inBrowser(page, home, open))
    try {
      await use(app.spoor)
      expect(app.spoor.problems, 'errors and warnings of the page').toEqual([])
      expect(app.spoor.requests.filter(isForeign), 'requests to other machines').toEqual([])
    } finally {
      await app.end()
      rmSync(home, { recursive: true, force: true })
    }
  }
})

const isForeign = (address: string): boolean =>
  !['blob:', 'data:'].some((scheme) => address.startsWith(scheme)) && new URL(address).hostname !== '127.0.0.1'

/** Runs `spoor …` to its end and gives what it wrote and its exit code. */
export async function spoorCommand(home: string, ...args: string[]) {
  const env = { ...process.env, SPOOR_HOME: home }
  try {
    const done = await promisify(execFile)(process.execPath, [command, ...args], { env, maxBuffer: 64 * 1024 * 1024 })
    return { ...done, code: 0 }
  } catch (error) {
    const failed = error as { stdout: string; stderr: string; code: number }
    if (failed.code !== 3) throw error
    return failed
  }
}

async function inBrowser(page: Page, home: string, open: string | null) {
  const server = spawn(process.execPath, [command, 'serve', '--port', '0', ...(open ? ['--case', open] : [])], {
    env: { ...process.env, SPOOR_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const address = await addressOf(server)
  const cdp = await page.context().newCDPSession(page)
  const spoor = watched(page, home, 'loopback', cdp, async (act, paths) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), act()])
    await chooser.setFiles(paths)
  })
  await page.goto(address)
  await page.waitForURL((url) => url.search === '')
  return {
    spoor,
    end: async () => {
      const ended = new Promise((done) => server.once('exit', done))
      if (server.exitCode === null && server.kill()) await ended
    }
  }
}

async function inElectron(home: string, open: string | null) {
  const app: ElectronApplication = await _electron.launch({
    args: [root, ...(open ? [open] : [])],
    env: { ...process.env, SPOOR_HOME: home } as Record<string, string>
  })
  const page = await app.firstWindow()
  const cdp = await app.context().newCDPSession(page)
  const spoor = watched(page, home, 'electron', cdp, async (act, paths) => {
    await app.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
    }, paths)
    await act()
  })
  return { spoor, end: () => app.close() }
}

function watched(page: Page, home: string, host: Host, cdp: CDPSession, answerDialog: AnswerDialog): Spoor {
  const requests: string[] = []
  const problems: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('websocket', (socket) => requests.push(socket.url()))
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  const drop = async (...files: string[]): Promise<void> => {
    const at = { x: 700, y: 400, data: { items: [], files, dragOperationsMask: 1 } }
    const send = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
      cdp.send('Input.dispatchDragEvent', { type, ...at })
    // A window that is still being drawn does not hear of it.
    await expect(async () => {
      await send('dragCancel')
      await send('dragEnter')
      await page.getByText('Drop to import').waitFor({ timeout: 1000 })
    }).toPass({ timeout: 15_000 })
    // Only a later move over the window carries the answer to an earlier one, that files may be dropped; till then drops are lost.
    await expect(async () => {
      await send('dragOver')
      await send('dragOver')
      await send('drop')
      await page.getByText('Drop to import').waitFor({ state: 'hidden', timeout: 1000 })
    }).toPass({ timeout: 15_000 })
  }
  const choose = (open: () => Promise<void>, ...paths: string[]) => answerDialog(open, paths)
  return { page, home, host, requests, problems, drop, choose }
}

type AnswerDialog = (open: () => Promise<void>, paths: string[]) => Promise<void>

/** The address the loopback host prints once it listens. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += String(chunk)
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)
      if (found) resolve(found[0])
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.once('exit', (code) => reject(new Error(`spoor serve ended with code ${code}:\n${said}`)))
  })
}
