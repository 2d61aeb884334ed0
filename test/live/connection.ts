import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Diagnosis, PullReport } from '../../src-main/contract/connect'
import { type Done, program } from '../cli/run'
import { temporaryFolder } from '../engine/folder'
import { secret } from './realm'
import { type ApiEvent, base } from './server'

/** An event as `spoor search --json` prints it. */
export type Shown = Readonly<Record<string, unknown>>

/** Spoor's command line in a home of its own, with a case and a connection to a realm. */
export class Connection {
  readonly folder: string
  readonly #home: string
  readonly #env: Readonly<Record<string, string>>

  private constructor(home: string, env: Readonly<Record<string, string>>) {
    this.#home = home
    this.folder = join(home, 'pulled.spoor')
    this.#env = { SPOOR_KEYCLOAK_SECRET: secret, ...env }
  }

  /** Secrets are in the environment. */
  static async add(
    realm: string,
    settings: Readonly<Record<string, string>> = {},
    env: Readonly<Record<string, string>> = {}
  ): Promise<Connection> {
    const made = new Connection(await temporaryFolder(), env)
    const all = { base, realm, client: 'spoor', grant: 'client_credentials', ...settings }
    const words = Object.entries(all).map(([name, value]) => `${name}=${value}`)
    const { code, err } = await made.run('connections', 'add', 'keycloak', ...words, '--secrets', '/dev/null')
    expect(code, err).toBe(0)
    return made
  }

  start(...args: readonly string[]): { readonly child: ChildProcess; readonly done: Promise<Done> } {
    const env = { ...process.env, SPOOR_HOME: this.#home, TZ: 'UTC', ...this.#env }
    const child = spawn(process.execPath, [program, ...args], { cwd: this.#home, env })
    const texts = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      texts.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      texts.err += text
    })
    return { child, done: new Promise((done) => child.on('close', (code) => done({ code, ...texts }))) }
  }

  run = (...args: readonly string[]): Promise<Done> => this.start(...args).done

  startPull = (...args: readonly string[]) => this.start('pull', 'keycloak', '--case', this.folder, '--json', ...args)

  /** A pull that goes well; its books. */
  async pull(...args: readonly string[]): Promise<PullReport> {
    const { code, out, err } = await this.startPull(...args).done
    expect(code, err).toBe(0)
    return JSON.parse(out)
  }

  async test(): Promise<Diagnosis> {
    const { out, err } = await this.run('connections', 'test', 'keycloak', '--json')
    expect(out, err).not.toBe('')
    return JSON.parse(out)
  }

  /** What the case shows of a search, oldest first. */
  events = (query = ''): Promise<readonly Shown[]> => this.#search(query, this.folder)

  /** Reads a file into a case of its own, and answers how that is searched. */
  async imported(file: string): Promise<(query: string) => Promise<readonly Shown[]>> {
    const folder = join(this.#home, 'imported.spoor')
    const { err } = await this.run('import', file, '--case', folder)
    expect(existsSync(folder), err).toBe(true)
    return (query) => this.#search(query, folder)
  }

  async #search(query: string, folder: string): Promise<readonly Shown[]> {
    const { code, out, err } = await this.run('search', query, '--case', folder, '--limit', '100000', '--json')
    expect(code, err).toBe(0)
    return (JSON.parse(out) as { events: Shown[] }).events.reverse()
  }

  /** What was logged, as it came: each record of the case. */
  async records(): Promise<readonly ApiEvent[]> {
    const statement = 'SELECT text FROM record'
    const { code, out, err } = await this.run('sql', statement, '--case', this.folder, '--limit', '100000', '--json')
    expect(code, err).toBe(0)
    return (JSON.parse(out) as { rows: [string][] }).rows.map(([text]) => JSON.parse(text) as ApiEvent)
  }

  /** The pulls of the case, by their names. */
  pulls(): readonly string[] {
    const pulls = join(this.folder, 'pulls')
    return existsSync(pulls) ? readdirSync(pulls).sort() : []
  }

  /** How many requests the journal of the last one tells. */
  requests(): number {
    const last = this.pulls().at(-1)
    const journal = last === undefined ? '' : join(this.folder, 'pulls', last, 'requests.jsonl')
    return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n{"request"').length - 1 : 0
  }
}
