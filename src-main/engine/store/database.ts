import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../contract/errors'
import { text } from './sql'

// Beyond this the importer spills to the case's scratch folder; a laptop has other things to do with its memory.
const memoryLimit = '1200MB'

/**
 * Opens a case's database, and shuts it in: from then on no SQL, ours or the analyst's, reads or writes outside the case's folder,
 * reaches the network, loads an extension or changes a setting. Throws `case_held` where another process has it open.
 */
export async function openDatabase(folder: string): Promise<DuckDBInstance> {
  const file = join(folder, 'case.duckdb')
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch, { recursive: true })
  let instance: DuckDBInstance
  try {
    instance = await DuckDBInstance.create(file, {
      memory_limit: memoryLimit,
      temp_directory: scratch,
      storage_compatibility_version: 'latest',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false'
    })
  } catch (error) {
    throw opening(error, folder)
  }
  const connection = await instance.connect()
  try {
    await connection.run(`SET GLOBAL TimeZone = 'UTC'`)
    await connection.run(`SET GLOBAL allowed_directories = [${text(folder)}]`)
    await connection.run('SET GLOBAL enable_external_access = false')
    await connection.run('SET GLOBAL lock_configuration = true')
  } finally {
    connection.closeSync()
  }
  return instance
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
