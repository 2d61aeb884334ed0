import { closeSync, openSync, readSync } from 'node:fs'
import { bytesOf } from './content'
import type { Member } from './member'
import { isTar, tarMembers } from './tar'
import { compressionOf } from './unpack'
import { unpackedHead } from './unpack-head'
import { kindOfZip, workbookSheets, zipMembers } from './zip'

export type ArchiveKind = 'zip' | 'tar' | 'workbook'

/** Which archive a file is, by what it holds and not by its name; null for any other file. */
export async function archiveKind(path: string): Promise<ArchiveKind | null> {
  const head = headOf(path)
  if (head.subarray(0, 2).toString('latin1') === 'PK') return kindOfZip(path, head)
  try {
    return isTar(unpackedHead(head, compressionOf(head))) ? 'tar' : null
  } catch {
    // Nothing of it can be decompressed: whoever looks at it as a file says so.
    return null
  }
}

/** The files of an archive, one after another: folders are none, and what a system hides is passed over. */
export async function* membersOf(path: string, kind: ArchiveKind): AsyncGenerator<Member> {
  const members = membersIn(path, kind)
  for await (const member of members) {
    const hidden = member.name
      .split('/')
      .some((part) => (part.startsWith('.') && !/^\.\.?$/.test(part)) || part === '__MACOSX')
    if (!hidden) yield member
  }
}

function membersIn(path: string, kind: ArchiveKind): AsyncGenerator<Member> {
  switch (kind) {
    case 'zip':
      return zipMembers(path)
    case 'workbook':
      return workbookSheets(path)
    case 'tar':
      return tarMembers(bytesOf(path))
  }
}

/** What a file begins with. */
export function headOf(path: string): Buffer {
  const handle = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(64 << 10)
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(handle)
  }
}
