import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import { text } from './sql'

/** What DuckDB may hold, as it counts; beyond it spills to the case's scratch folder. A laptop has other things to do with its memory. */
const memory = {
  /** While questions are asked, of which much is kept to answer the next. */
  usual: '2600MB',
  /** While lines are read as they stand: with more, an import of 2 GB holds more than that and is no faster; with 700 MB it is slower by half. */
  lines: '1200MB',
  /** While other records are read: of wide ones DuckDB would hold as much as it may; in less it writes them out earlier. */
  records: '500MB'
} as const

/** Has DuckDB hold what suits what it is about to do. */
export async function limitMemory(connection: DuckDBConnection, to: keyof typeof memory): Promise<void> {
  // Where more is in use than may be, it says so, and keeps to what it had.
  await connection.run(`SET memory_limit = ${text(memory[to])}`).catch(() => {})
}

/**
 * Opens a case's database with the one connection that writes, and shuts it in: from then on no SQL, ours or the analyst's, reads or writes outside the case's folder,
 * reaches the network, loads an extension or changes a setting. Throws `case_held` where another process has it open.
 */
export async function openDatabase(
  folder: string
): Promise<{ readonly instance: DuckDBInstance; readonly writer: DuckDBConnection }> {
  const file = join(folder, 'case.duckdb')
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch, { recursive: true })
  let instance: DuckDBInstance
  try {
    instance = await DuckDBInstance.create(file, {
      memory_limit: memory.usual,
      // Long lists of words become joins otherwise, after which rows come in no order: but the order of records is their place.
      disabled_optimizers: 'in_clause',
      temp_directory: scratch,
      storage_compatibility_version: 'latest',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false'
    })
  } catch (error) {
    throw opening(error, folder)
  }
  const writer = await instance.connect()
  await writer.run(`SET GLOBAL TimeZone = 'UTC'`)
  await writer.run(`SET GLOBAL allowed_directories = [${text(folder)}]`)
  // So that it can be asked how far an import is.
  for (const setting of ['enable_progress_bar = true', 'enable_progress_bar_print = false', 'progress_bar_time = 0']) {
    await writer.run(`SET ${setting}`)
  }
  await writer.run('SET GLOBAL enable_external_access = false')
  await writer.run(`SET GLOBAL allowed_configs = ['memory_limit']`)
  await writer.run('SET GLOBAL lock_configuration = true')
  return { instance, writer }
}

function opening(error: unknown, folder: string): Error {
  const message = error instanceof Error ? error.message : String(error)
  const holder = /PID (\d+)/.exec(message)?.[1]
  if (/lock/i.test(message)) {
    const who = holder ? ` (process ${holder})` : ''
    return new AppError('case_held', `${folder} is open in another Spoor${who}. Close it there, then open it here.`, {
      file: folder
    })
  }
  if (/version|storage/i.test(message) && /newer|number/i.test(message)) {
    return new AppError('case_newer', `${folder} was written by a newer Spoor. Open it with that one.`, {
      file: folder
    })
  }
  return new AppError(
    'case_damaged',
    `${folder} cannot be opened: its database is damaged (${message.split('\n')[0]}). Its evidence folder is untouched: make a new case and import from there.`,
    {
      file: folder
    }
  )
}
