import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../contract/errors'
import type { LedgerLine } from '../../contract/evidence'
import type { ImportProgress } from '../../contract/import'
import type { SealedSmall } from '../evidence/seal'
import type { Case } from '../store/case'
import { explained, type FileImport } from './file-import'
import { directoryOf, identical, keep } from './import-file'
import type { ReaderThreads } from './reader'
import { recogniseFile } from './recognise-file'
import { next } from './sealed-copy'
import { goesTogether, type SmallFile, takeTogether } from './take-together'
import { rollBack } from './undo'

export interface SmallImport extends Omit<FileImport, 'path' | 'reader' | 'progress'> {
  readonly paths: readonly string[]
  readonly reader: Pick<ReaderThreads, 'sealSmall' | 'readTogether'>
  /** `part` of all of them is done, from 0 to 1. */
  readonly progress: (at: {
    readonly phase: ImportProgress['phase']
    readonly part: number
    readonly records: number
  }) => void
}

/** How much of the work is done when the files are known. */
const recognisedShare = 0.5

/** What became of a file: its line, the reason why it is none, or that it wants to be imported by itself. */
export type SmallOutcome = LedgerLine | Error | 'apart'

/** Small files into the case in one transaction: all that are logs, or nothing. Answers in the order of the paths. */
export async function importSmall(into: Case, how: SmallImport): Promise<readonly SmallOutcome[]> {
  const { paths } = how
  how.progress({ phase: 'recognising', part: 0, records: 0 })
  const scratch = join(into.scratch, `import-${how.now.getTime()}-${Math.random().toString(36).slice(2)}`)
  await mkdir(scratch, { recursive: true })
  const kept: string[] = []
  const path = paths[0] ?? ''
  try {
    const copies = paths.map((one, index) => ({ path: one, copy: join(scratch, `evidence-${index}`) }))
    const sealed = await how.reader.sealSmall(copies)
    const sorted = await sort(into, how, copies, sealed)
    const files = sorted.filter((one) => isFile(one))
    const after = await next(into)
    await into.writer.run('BEGIN')
    const told = {
      ...how,
      progress: (part: number, records: number) =>
        how.progress({ phase: 'importing', part: recognisedShare + part * (1 - recognisedShare), records })
    }
    const { taken } = await takeTogether(into, told, files, scratch, after)
    for (const [at, line] of taken.entries()) {
      const file = files[at] as SmallFile
      const target = join(into.evidenceFolder, file.sealed.sha256)
      if (line instanceof Error) continue
      if (!existsSync(target)) kept.push(target)
      await keep(file.sealed.copy, target)
    }
    if (how.canceled()) throw new AppError('canceled', 'The import was canceled.')
    await into.writer.run('COMMIT')
    kept.length = 0
    await into.refresh()
    const outcomes = [...taken]
    const first = new Map(taken.flatMap((one) => (one instanceof Error ? [] : [[one.sha256, one]])))
    return sorted.map((one) => {
      if (isFile(one)) return outcomes.shift() ?? 'apart'
      const same = typeof one === 'object' && 'same' in one ? first.get(one.same) : undefined
      return same ? identical({ ledger: same }) : typeof one === 'object' && 'same' in one ? 'apart' : one
    })
  } catch (error) {
    await rollBack(into)
    for (const target of kept) await rm(target, { force: true })
    if (how.canceled()) throw new AppError('canceled', 'The import was canceled.')
    throw explained(error, path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

type Sorted = SmallFile | SmallOutcome | { readonly same: string }

const isFile = (one: Sorted): one is SmallFile => typeof one === 'object' && 'recognised' in one

/** What each file is; `same`: its bytes came before among these. */
async function sort(
  into: Case,
  how: SmallImport,
  copies: readonly { readonly path: string; readonly copy: string }[],
  sealed: readonly (SealedSmall | Error)[]
): Promise<readonly Sorted[]> {
  const there = new Map(into.evidence.map((one) => [one.sha256, one]))
  const seen = new Set<string>()
  const sorted: Sorted[] = []
  for (const [index, { path, copy }] of copies.entries()) {
    // The engine goes on answering between one file and the next.
    await setImmediate()
    if (how.canceled()) throw new AppError('canceled', 'The import was canceled.')
    how.progress({ phase: 'recognising', part: (recognisedShare * index) / copies.length, records: 0 })
    const one = sealed[index]
    if (!one || one instanceof Error) {
      sorted.push(one ?? 'apart')
      continue
    }
    const known = there.get(one.sha256)
    if (known) {
      const target = join(into.evidenceFolder, known.file)
      const asItIs = existsSync(target) && !how.again
      sorted.push(asItIs ? identical(known) : 'apart')
    } else if (seen.has(one.sha256)) sorted.push({ same: one.sha256 })
    else {
      const what = recognised(how, path, copy, one)
      sorted.push(what)
      if (isFile(what)) seen.add(one.sha256)
    }
  }
  return sorted
}

function recognised(how: SmallImport, path: string, copy: string, sealed: SealedSmall): Sorted {
  const name = basename(path)
  try {
    if (directoryOf(how, copy, name)) return 'apart'
    const found = recogniseFile(copy, how.known, how.source, { ...how.times, name })
    return goesTogether(found) ? { path, recognised: found, sealed: { ...sealed, lines: null, copy, name } } : 'apart'
  } catch (error) {
    return error instanceof AppError ? error : 'apart'
  }
}
