import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { Source } from '../../contract/source'
import { takeOutUnfinished } from './coming'
import { openDatabase } from './database'
import { laterTables, schemaVersion, tables, views } from './schema'

/** One evidence file as the case knows it. */
export interface Evidence {
  readonly id: number
  readonly sha256: string
  readonly name: string
  readonly path: string
  /** The file in the case's evidence folder. */
  readonly file: string
  readonly firstRow: number
  readonly records: number
  readonly ledger: LedgerLine
  /** The source definitions it was read with, as they were then. */
  readonly definitions: readonly Source[]
}

/** Why the bytes of a file cannot be had yet. */
export const stillComing = ({ name }: Evidence): AppError =>
  new AppError('record_missing', `${name} is still being imported: its bytes can be looked at when all of it is in.`)

/** Definitions from the text in which a case holds them. */
export type DefinitionsIn = (connection: DuckDBConnection, text: string) => Promise<readonly Source[]>

/** An open case: its folder, its database, and what evidence it holds. */
export class Case {
  readonly folder: string
  readonly instance: DuckDBInstance
  /** The one connection that writes. */
  readonly writer: DuckDBConnection
  evidence: readonly Evidence[] = []
  /** The file of which only a part has come so far, while it is imported. */
  coming: Evidence | undefined
  /** What an import left half done is being undone: nothing may interrupt the writer until it is. */
  undoing = false
  /** What files were called by while they came, and the SHA-256 they turned out to have. */
  came: ReadonlyMap<string, string> = new Map()
  /** The files whose import ended with the application, and of which nothing is left. */
  unfinished: readonly string[] = []
  revision = 0

  readonly #definitionsIn: DefinitionsIn
  /** By their hash: thousands of files may share the same. */
  readonly #definitions = new Map<string, readonly Source[]>()

  private constructor(
    folder: string,
    instance: DuckDBInstance,
    writer: DuckDBConnection,
    definitionsIn: DefinitionsIn = async (_, text) => JSON.parse(text)
  ) {
    this.folder = folder
    this.instance = instance
    this.writer = writer
    this.#definitionsIn = definitionsIn
  }

  get name(): string {
    return basename(this.folder).replace(/\.spoor$/, '')
  }

  get evidenceFolder(): string {
    return join(this.folder, 'evidence')
  }

  get scratch(): string {
    return join(this.folder, 'scratch')
  }

  static async create(folder: string): Promise<Case> {
    if (existsSync(join(folder, 'case.duckdb')))
      throw new AppError('case_exists', `${folder} is a case already. Open it instead.`, { file: folder })
    mkdirSync(join(folder, 'evidence'), { recursive: true })
    const { instance, writer } = await openDatabase(folder)
    await writer.run(`BEGIN; ${tables} ${views} COMMIT;`)
    return new Case(folder, instance, writer).#read()
  }

  /** Of the definitions in it, which someone else may have written, those are known that `definitionsIn` lets through. */
  static async open(folder: string, definitionsIn: DefinitionsIn): Promise<Case> {
    if (!existsSync(folder))
      throw new AppError(
        'case_missing',
        `${folder} is not there any more. It may have been moved: open it from where it is now.`,
        { file: folder }
      )
    if (!existsSync(join(folder, 'case.duckdb')))
      throw new AppError('case_missing', `${folder} is no Spoor case: it has no case.duckdb.`, { file: folder })
    const { instance, writer } = await openDatabase(folder)
    try {
      const opened = new Case(folder, instance, writer, definitionsIn)
      await opened.#refuseNewer()
      await writer.run(`${laterTables} ${views}`)
      opened.unfinished = await takeOutUnfinished(writer)
      // Of a file that was in, when the application ended before its marks were called by its SHA-256.
      await writer.run('UPDATE marking SET sha256 = came.sha256 FROM came WHERE marking.sha256 = came.was')
      // Cases of before lengths were stored: places are counted from them.
      await writer.run('UPDATE entry SET length = strlen(raw) WHERE length IS NULL')
      // What an import left that was killed half way.
      for (const left of readdirSync(opened.scratch))
        rmSync(join(opened.scratch, left), { recursive: true, force: true })
      return await opened.#read()
    } catch (error) {
      instance.closeSync()
      throw error
    }
  }

  close(): void {
    this.writer.closeSync()
    this.instance.closeSync()
  }

  /** Evidence files whose copy is missing or has another size: what can be checked at once when a case is opened. */
  missing(): string[] {
    return this.evidence
      .filter((one) => {
        const stat = statSync(join(this.evidenceFolder, one.file), { throwIfNoEntry: false })
        return stat?.size !== (one.ledger.archive ?? one.ledger).bytes
      })
      .map((one) => one.name)
  }

  /** All evidence whose events can be asked for. */
  get asked(): readonly Evidence[] {
    return this.coming ? [...this.evidence, this.coming] : this.evidence
  }

  /** The evidence that a SHA-256 or its beginning names, also by the name it had while it came. */
  named(hash: string): Evidence | undefined {
    const found = this.asked.find(({ sha256 }) => sha256.startsWith(hash))
    if (found) return found
    const [, now] = [...this.came].find(([was]) => was.startsWith(hash)) ?? []
    return this.evidence.find(({ sha256 }) => sha256 === now)
  }

  /** The evidence a record stands in, by its row. */
  evidenceOf(row: number): Evidence | undefined {
    return this.asked.find((one) => row >= one.firstRow && row < one.firstRow + one.records)
  }

  /** Reads again what evidence there is, after a change. */
  async refresh(): Promise<void> {
    await this.#read()
  }

  async #meta(key: 'version' | 'revision'): Promise<number> {
    const found = await this.writer.runAndReadAll('SELECT value FROM meta WHERE key = $1', [key])
    return Number(found.getRows()[0]?.[0])
  }

  async #refuseNewer(): Promise<void> {
    if ((await this.#meta('version')) <= schemaVersion) return
    throw new AppError('case_newer', `${this.folder} was written by a newer Spoor. Open it with that one.`, {
      file: this.folder
    })
  }

  async #read(): Promise<this> {
    this.revision = await this.#meta('revision')
    const rows = await this.writer.runAndReadAll(
      'SELECT id, sha256, name, path, file, first_row::DOUBLE, records::DOUBLE, ledger, hash(definitions)::VARCHAR, id IN (FROM coming) FROM evidence ORDER BY id'
    )
    await this.#readDefinitions()
    const came = await this.writer.runAndReadAll('SELECT was, sha256 FROM came')
    this.came = new Map(came.getRows() as [string, string][])
    const all = rows
      .getRowsJS()
      .map(([id, sha256, name, path, file, firstRow, records, ledger, definitions, coming]) => ({
        coming: coming as boolean,
        id: id as number,
        sha256: sha256 as string,
        name: name as string,
        path: path as string,
        file: file as string,
        firstRow: firstRow as number,
        records: records as number,
        ledger: JSON.parse(ledger as string),
        definitions: this.#definitions.get(definitions as string) ?? []
      }))
    this.evidence = all.filter(({ coming }) => !coming)
    this.coming = all.find(({ coming }) => coming)
    return this
  }

  async #readDefinitions(): Promise<void> {
    const rows = await this.writer.runAndReadAll(
      'SELECT hash(definitions)::VARCHAR, any_value(definitions)::VARCHAR FROM evidence GROUP BY 1'
    )
    for (const [hash, text] of rows.getRowsJS() as [string, string][])
      if (!this.#definitions.has(hash)) this.#definitions.set(hash, await this.#definitionsIn(this.writer, text))
  }
}
