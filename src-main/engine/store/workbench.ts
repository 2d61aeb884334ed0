import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { tables } from './schema'
import { text } from './sql'

/** A database of the moment with a case's tables, in memory, and the one folder it sees. */
export interface Workbench {
  readonly connection: DuckDBConnection
  readonly folder: string
}

/** Tries something that touches no case. Like a case's, the database is shut in to its folder; both are gone afterwards. */
export async function onWorkbench<T>(home: string, work: (bench: Workbench) => Promise<T>): Promise<T> {
  const parent = join(home, 'workbench')
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(parent, `${process.pid}-`))
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '400MB',
    threads: '1',
    temp_directory: folder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false'
  })
  const connection = await instance.connect()
  try {
    await connection.run(`SET GLOBAL TimeZone = 'UTC'; SET GLOBAL allowed_directories = [${text(folder)}];
      SET GLOBAL enable_external_access = false; SET GLOBAL lock_configuration = true; ${tables}`)
    return await work({ connection, folder })
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(folder, { recursive: true, force: true })
  }
}
