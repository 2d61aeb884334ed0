import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from './case'

const files = ['case.duckdb', 'case.duckdb.wal', 'custody.jsonl']
const folders = ['evidence', 'scratch']

/** Whether nothing ever went into the case, and nobody was asked for it either. */
export async function isUnused(of: Case): Promise<boolean> {
  if (of.evidence.length > 0 || existsSync(join(of.folder, 'pulls'))) return false
  const found = await of.writer.runAndReadAll('SELECT count(*)::INTEGER FROM entry WHERE evidence > 0')
  return found.getRowsJS()[0]?.[0] === 0
}

/** Takes a closed case off the disk that nothing went into. What is not part of an empty case stays, and its folder with it. */
export function removeUnused(folder: string): void {
  for (const name of files) rmSync(join(folder, name), { force: true })
  for (const name of [...folders, '.']) {
    const path = join(folder, name)
    if (isEmpty(path)) rmdirSync(path)
  }
}

function isEmpty(path: string): boolean {
  try {
    return readdirSync(path).length === 0
  } catch {
    // It is not there, or no folder.
    return false
  }
}
