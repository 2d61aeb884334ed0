import { createHash } from 'node:crypto'
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { type ArchiveKind, archiveKind, membersOf } from '../evidence/archive'
import { ArchiveFault, type Member } from '../evidence/member'
import { Truncated } from '../evidence/truncated'
import { LineScan, type Lines } from './scan-lines'

export interface UnpackJob {
  /** The copy in the case: read after it was hashed, never the original. */
  readonly archive: string
  readonly kind: ArchiveKind
  /** A folder for the members: each gets a name of ours, never its own. */
  readonly folder: string
  /** Members to leave out, by their keys. */
  readonly without: readonly string[]
}

/** A member of an archive, as a file of its own, with the SHA-256 that was taken of it; or why it is none. */
export type GivenMember = {
  /** Its number in the archive; where it lies in an archive within the archive, the number of that one comes before. */
  readonly index: readonly number[]
  readonly name: string
} & ({ /** Goes on from its name. */ readonly fault: string } | UnpackedMember)

export interface UnpackedMember {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly lines: Lines | null
  readonly modified: string | null
  /** Bytes of the archive that are read now. */
  readonly read: number
  readonly notes: readonly string[]
}

/** What packs this well, and is this large, is no log. */
const bomb = { times: 500, bytes: 1 << 30 }

/** Names a member among all of its archive. */
export const keyOf = (index: readonly number[]): string => index.join('.')

/** Unpacks the members of an archive one after another, and of archives in it; waits wherever `give` waits. */
export async function unpackMembers(job: UnpackJob, give: (member: GivenMember) => Promise<void>): Promise<void> {
  const packed = statSync(job.archive).size
  let unpackedBytes = 0
  let number = 0
  const counted = (bytes: number, own: number, member: Member) => {
    unpackedBytes += bytes
    const tooMuch = (whole: number, of: number | null) => of !== null && whole > bomb.bytes && whole > bomb.times * of
    if (tooMuch(own, member.packed) || tooMuch(unpackedBytes, packed)) throw new Bomb()
  }
  const each = async (archive: string, kind: ArchiveKind, above: readonly number[], prefix: string): Promise<void> => {
    try {
      for await (const member of membersOf(archive, kind)) {
        const index = [...above, member.index]
        if (job.without.includes(keyOf(index))) continue
        const name = prefix + member.name
        if (member.fault !== undefined) {
          await give({ index, name, fault: `was not read: ${member.fault}` })
          continue
        }
        const file = join(job.folder, `member-${++number}`)
        let written: UnpackedMember
        try {
          written = await unpackedTo(file, member, counted)
        } catch (error) {
          rmSync(file, { force: true })
          if (!(error instanceof ArchiveFault)) throw error
          await give({ index, name, fault: `was not read: ${error.message}` })
          continue
        }
        const inner = await archiveKind(file)
        if (inner === null) await give({ index, name, ...written })
        else {
          if (above.length === 0) await each(file, inner, index, `${name} › `)
          else
            await give({
              index,
              name,
              fault:
                'was not read: it is an archive in an archive in an archive: unpack that one, and import what is inside'
            })
          rmSync(file, { force: true })
        }
      }
    } catch (error) {
      if (!(error instanceof Truncated || error instanceof ArchiveFault)) throw error
      const fault =
        error instanceof ArchiveFault
          ? `was not read: ${error.message}`
          : 'was not read to its end: the archive is cut off or damaged: what comes after is missing'
      await give({ index: above, name: prefix.replace(/ › $/, ''), fault })
    }
  }
  await each(job.archive, job.kind, [], '')
}

class Bomb extends ArchiveFault {
  constructor() {
    super(`it unpacks to more than ${bomb.times} times its size, which no log does`)
  }
}

async function unpackedTo(
  file: string,
  member: Member,
  counted: (bytes: number, own: number, member: Member) => void
): Promise<UnpackedMember> {
  const { bavail, bsize } = statfsSync(join(file, '..'))
  if (member.bytes > bavail * bsize) throw full(member)
  const hash = createHash('sha256')
  const scan = new LineScan()
  const handle = openSync(file, 'wx', 0o600)
  const notes: string[] = []
  let bytes = 0
  try {
    for await (const block of member.content()) {
      bytes += block.length
      counted(block.length, bytes, member)
      for (let at = 0; at < block.length; ) at += writeSync(handle, block, at)
      hash.update(block)
      scan.see(block)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw full(member)
    if (!(error instanceof Truncated)) throw error
    // A hash is taken of whole members only: what is there of this one is nobody's file.
    throw new ArchiveFault(`it is cut off or damaged (${error.message}): get the archive again`)
  } finally {
    closeSync(handle)
  }
  if (/^([/\\]|[A-Za-z]:)/.test(member.name) || member.name.split(/[/\\]/).includes('..'))
    notes.push('its name in the archive leads out of it; nothing was written under that name')
  const modified = member.modified && !Number.isNaN(member.modified.getTime()) ? member.modified.toISOString() : null
  return { file, sha256: hash.digest('hex'), bytes, lines: scan.end(), modified, read: member.read, notes }
}

const full = ({ name, bytes }: Member): AppError =>
  new AppError(
    'disk_full',
    `The disk is full: ${name} has ${bytes.toLocaleString('en')} bytes when it is unpacked, and there is no room for them. Make room, then import the archive again.`
  )
