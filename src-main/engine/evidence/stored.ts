import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../contract/errors'
import type { Case, Evidence } from '../store/case'
import { archiveKind, membersOf } from './archive'
import { bytesOf } from './content'
import { ArchiveFault } from './member'
import { Truncated } from './truncated'

/** The bytes of evidence as they came: those of its file or, of an archive's member, those in the archive. */
export async function* storedBytes(of: Case, evidence: Evidence): AsyncGenerator<Buffer> {
  const path = join(of.evidenceFolder, evidence.file)
  if (!evidence.ledger.archive) {
    yield* bytesOf(path)
    return
  }
  for await (const { bytes } of bytesOfMembers(path, [evidence], of.scratch)) {
    yield* bytes
    return
  }
  const sentence = `${evidence.name} is not in its archive any more: the evidence was changed. Import the archive again.`
  throw new AppError('evidence_damaged', sentence, { file: evidence.name })
}

/** A file that holds these bytes: the evidence file itself or, of an archive's member, one in the scratch folder, which goes with the case's end. */
export async function storedFile(of: Case, evidence: Evidence): Promise<string> {
  if (!evidence.ledger.archive) return join(of.evidenceFolder, evidence.file)
  const path = join(of.scratch, `member-${evidence.sha256}`)
  const there = await stat(path).catch(() => null)
  if (there?.size !== evidence.ledger.bytes) await written(storedBytes(of, evidence), path)
  return path
}

/** The bytes of those members of an archive that are evidence, in the archive's order, which is gone through once. */
export async function* bytesOfMembers(
  path: string,
  evidence: readonly Evidence[],
  scratch: string,
  depth = 0
): AsyncGenerator<{ readonly of: Evidence; readonly bytes: AsyncIterable<Buffer> }> {
  const kind = await archiveKind(path)
  if (!kind) return
  try {
    for await (const member of membersOf(path, kind)) {
      const here = evidence.filter(({ ledger }) => ledger.archive?.member[depth] === member.index)
      const own = here.find(({ ledger }) => ledger.archive?.member.length === depth + 1)
      if (own) yield { of: own, bytes: member.content() }
      else if (here.length) {
        const inner = join(scratch, `archive-${process.pid}-${Math.random().toString(36).slice(2)}`)
        try {
          await written(member.content(), inner)
          yield* bytesOfMembers(inner, here, scratch, depth + 1)
        } finally {
          await rm(inner, { force: true })
        }
      }
    }
  } catch (error) {
    // What comes after is missing, and was when the archive came.
    if (!(error instanceof Truncated || error instanceof ArchiveFault)) throw error
  }
}

/** Of a stream that is cut off, what came before is written. */
async function written(bytes: AsyncIterable<Buffer>, path: string): Promise<void> {
  const partial = `${path}.${Math.random().toString(36).slice(2)}`
  const whole = async function* () {
    try {
      yield* bytes
    } catch (error) {
      if (!(error instanceof Truncated)) throw error
    }
  }
  try {
    await pipeline(whole, createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
}
