import { execFileSync, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
export const log = join(root, 'test/fixtures/cli/four-events-and-a-broken-line.ndjson')
export const program = join(root, 'scripts/spoor.cjs')

/** Builds the command line, unless it is. */
export const built = (): void =>
  void execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' })

export interface Done {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `spoor …` in a home of its own, as from a pipe. */
export function spoor(home: string, args: readonly string[], cwd = home): Promise<Done> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, SPOOR_HOME: home, TZ: 'UTC' }
  })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text
  })
  return new Promise((done) => child.on('close', (code) => done({ code, ...texts })))
}
