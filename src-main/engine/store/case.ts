import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/rpc'
import type { Source } from '../../contract/source'
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

/** An open case: its folder, its database, and what evidence it holds. */
export class Case {
  readonly folder: string
  readonly instance: DuckDBInstance
  /** The one connection that writes. */
  readonly writer: DuckDBConnection
  evidence: readonly Evidence[] = []
  revision = 0

  private constructor(folder: string, instance: DuckDBInstance, writer: DuckDBConnection) {
    this.folder = folder
    this.instance = instance
    this.writer = writer
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

  static async open(folder: string): Promise<Case> {
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
      const opened = await new Case(folder, instance, writer).#read()
      await writer.run(`${laterTables} ${views}`)
      // Cases of before lengths were stored: places are counted from them.
      await writer.run('UPDATE entry SET length = strlen(raw) WHERE length IS NULL')
      // What an import left that was killed half way: its rows were never committed.
      for (const left of readdirSync(opened.scratch))
        rmSync(join(opened.scratch, left), { recursive: true, force: true })
      return opened
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

  /** The evidence a record stands in, by its row. */
  evidenceOf(row: number): Evidence | undefined {
    return this.evidence.find((one) => row >= one.firstRow && row < one.firstRow + one.records)
  }

  /** Reads again what evidence there is, after a change. */
  async refresh(): Promise<void> {
    await this.#read()
  }

  async #read(): Promise<this> {
    const meta = await this.writer.runAndReadAll('SELECT key, value FROM meta')
    const values = new Map(meta.getRowsJson().map((row) => row as [string, string]))
    if (Number(values.get('version')) > schemaVersion) {
      throw new AppError('case_newer', `${this.folder} was written by a newer Spoor. Open it with that one.`, {
        file: this.folder
      })
    }
    this.revision = Number(values.get('revision'))
    const rows = await this.writer.runAndReadAll(
      'SELECT id, sha256, name, path, file, first_row::DOUBLE, records::DOUBLE, ledger, hash(definitions)::VARCHAR FROM evidence ORDER BY id'
    )
    const read = await this.#definitions()
    this.evidence = rows.getRowsJS().map(([id, sha256, name, path, file, firstRow, records, ledger, definitions]) => ({
      id: id as number,
      sha256: sha256 as string,
      name: name as string,
      path: path as string,
      file: file as string,
      firstRow: firstRow as number,
      records: records as number,
      ledger: JSON.parse(ledger as string),
      definitions: read.get(definitions as string) ?? []
    }))
    return this
  }

  /** The definitions evidence was read with, by their hash: thousands of files may share the same. */
  async #definitions(): Promise<ReadonlyMap<string, readonly Source[]>> {
    const rows = await this.writer.runAndReadAll(
      'SELECT hash(definitions)::VARCHAR, any_value(definitions) FROM evidence GROUP BY 1'
    )
    return new Map(rows.getRowsJS().map(([hash, definitions]) => [hash as string, JSON.parse(definitions as string)]))
  }
}
