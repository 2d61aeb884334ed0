import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError, isCancel } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import { headOf } from '../evidence/archive'
import { newSealing } from '../evidence/sealing'
import type { Case, Evidence } from '../store/case'
import { Coming } from './coming'
import { explained, type FileImport } from './file-import'
import type { Recognised } from './fitting'
import { takeDirectory } from './import-directory'
import { readAgain } from './read-again'
import { type Directory, directoryIn } from './recognise-directory'
import { recogniseFile } from './recognise-file'
import { firstBytes, readsAsItStands, sealedShare, take } from './take-records'
import { rollBack } from './undo'

/**
 * One file into the case: all of it, with its books balanced, or nothing. It is copied and hashed before anything reads it; of a large one
 * each byte is, and what has come of it is shown meanwhile.
 */
export async function importFile(into: Case, file: FileImport): Promise<LedgerLine> {
  const started = performance.now()
  file.progress({ phase: 'recognising', bytes: 0, records: 0, source: '' })
  const directory = directoryOf(file, file.path)
  const recognised = directory
    ? null
    : recogniseFile(file.path, file.known, file.source, { ...file.times, list: file.list })
  const source = recognised ? recognised.sources.map((one) => one.id).join(', ') : 'directory'
  const scratch = join(into.scratch, `import-${file.now.getTime()}-${Math.random().toString(36).slice(2)}`)
  const copy = join(scratch, 'evidence')
  const coming = file.watching && new Coming(into, file)
  await mkdir(scratch, { recursive: true })
  let kept: string | undefined
  try {
    let line: LedgerLine
    const { size } = await stat(file.path)
    if (recognised && isFollowed(into, recognised, file.path, size)) {
      await into.writer.run('BEGIN')
      line = await follow(into, file, recognised, { copy, bytes: size }, scratch, started, coming)
    } else {
      const lines = recognised !== null && readsAsItStands(recognised.format)
      const sealed = await file.reader.seal(file.path, copy, lines, (bytes) =>
        file.progress({ phase: 'importing', bytes: bytes * sealedShare, records: 0, source })
      )
      const there = into.evidence.find((one) => one.sha256 === sealed.sha256)
      // Every record of a file that is in the case already would be a duplicate, so it is not read again.
      if (there) {
        const target = join(into.evidenceFolder, there.file)
        // What is a member of an archive is kept in that.
        if (there.file === sealed.sha256 && !existsSync(target)) await keep(copy, target)
        if (file.again && there.ledger.kind !== 'directory') return await readAgain(into, there, file)
        return identical(there)
      }
      await into.writer.run('BEGIN')
      line = recognised
        ? await take(into, file, recognised, { ...sealed, copy }, scratch, started, coming)
        : await takeDirectory(into, file, directory as Directory, { ...sealed, copy }, started)
    }
    kept = join(into.evidenceFolder, line.sha256)
    await keep(copy, kept)
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    await into.writer.run('COMMIT')
    kept = undefined
    if (coming) await coming.came(line)
    else await into.refresh()
    return line
  } catch (error) {
    await rollBack(into)
    if (kept) await rm(kept, { force: true })
    await coming?.takeOut()
    if (file.canceled()) throw new AppError('canceled', 'The import was canceled.')
    throw explained(error, file.path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * Whether a file is read behind its copying and hashing. A workbook cannot be, which begins at its end, nor what may be in the case already:
 * that is known when all of it is hashed.
 */
function isFollowed(into: Case, { format }: Recognised, path: string, size: number): boolean {
  return (
    size > firstBytes &&
    format.shape.as !== 'sheet' &&
    !into.evidence.some((one) => one.ledger.bytes === size && mayBe(into, one, path))
  )
}

/** Whether a file of the same length may be this evidence. The parts of a log that was split have one length, and other beginnings. */
function mayBe({ evidenceFolder }: Case, { file, ledger }: Evidence, path: string): boolean {
  const copy = join(evidenceFolder, file)
  return ledger.archive !== undefined || !existsSync(copy) || headOf(copy).equals(headOf(path))
}

async function follow(
  into: Case,
  file: FileImport,
  recognised: Recognised,
  copy: { readonly copy: string; readonly bytes: number },
  scratch: string,
  started: number,
  coming: Coming | undefined
): Promise<LedgerLine> {
  const sealing = newSealing()
  const sealed = file.reader.seal(file.path, copy.copy, false, () => {}, sealing)
  const fault = sealed.then(
    () => undefined,
    (error: unknown) => error
  )
  try {
    return await take(into, file, recognised, { ...copy, sealing, sealed }, scratch, started, coming)
  } catch (error) {
    // When one thread fails all are stopped, and the others only say that they were.
    const first = isCancel(error) ? await fault : undefined
    throw first ?? error
  }
}

/** Whether a file is one of names, by what the analyst says or by itself; told to be of a source it is a log. */
export const directoryOf = (
  { known, source, as }: Pick<FileImport, 'known' | 'source' | 'as'>,
  path: string,
  name = basename(path)
): Directory | undefined =>
  as === 'log' || (as === undefined && source !== undefined)
    ? undefined
    : directoryIn(path, known, as === 'directory', name)

/** Lays a copy into the evidence folder, where nothing changes it. */
export async function keep(copy: string, target: string): Promise<void> {
  await rename(copy, target)
  await chmod(target, 0o444)
}

/** The line of evidence whose very bytes come again. */
export function identical({ ledger }: Pick<Evidence, 'ledger'>): LedgerLine {
  return {
    ...ledger,
    already: true,
    notes: [
      ...ledger.notes,
      `these very bytes are in the case already, as ${ledger.name}, imported ${ledger.importedAt}: nothing was added`
    ]
  }
}
