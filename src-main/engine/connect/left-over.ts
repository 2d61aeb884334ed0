import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PullReport } from '../../contract/connect'
import { Books } from './books'
import { Journal } from './journal'
import { journalLines, type PartLine, type PartRead } from './journal-lines'
import { Parts } from './parts'
import type { PullFolders } from './pull-folder'

export interface LeftOver {
  /** Whether the pull was closed: nothing is added to its journal then. */
  readonly isOver: boolean
  readonly folders: PullFolders
  /** The SHA-256 of all evidence there is. */
  readonly known: ReadonlySet<string>
  readonly take: (part: PartLine, read: PartRead) => Promise<PullReport['refused'][number] | null>
  readonly now: () => number
}

/** Brings into the case what a pull had received when the application ended; nothing is asked for. Each part that cannot be read is told. */
export async function takeLeftOver(id: string, { isOver, folders, known, take, now }: LeftOver): Promise<void> {
  const folder = folders.of(id)
  const isLeft = (name: string): boolean => folders.partsIn(id).includes(name)
  const { begin, parts: before } = new Books(journalLines(join(folder, Journal.file)))
  const whole = before.filter(({ name }) => isLeft(name))
  // In the case already, and kept twice no longer.
  for (const { name, sha256 } of whole) if (known.has(sha256)) await rm(join(folder, name))
  const parts = new Parts(take, begin?.reads ?? {})
  for (const part of whole) if (!known.has(part.sha256)) parts.take(part)
  const isWhole = new Set(before.map(({ name }) => name))
  const grown = folders.partsIn(id).filter((name) => !isWhole.has(name))
  if (grown.length && !isOver) await endPart(id, folders, now, (part) => parts.take(part))
  await parts.taken
  const message = 'Its pull was closed without it: it was put there later, and is no part of it.'
  const foreign = isOver ? grown.map((name) => ({ path: join(folder, name), message })) : []
  const refused = [...parts.refused, ...foreign]
  if (refused.length) folders.refuse(id, refused)
}

/** Ends the part that grew when the application ended: whatever its pull had come to, it can go on. */
async function endPart(id: string, folders: PullFolders, now: () => number, partEnded: (part: PartLine) => void) {
  const partName = (stream: string, number: string): string => `${id}-${stream}-${number}.json`
  const { journal } = await Journal.open({ folder: folders.of(id), partName, now, partEnded })
  try {
    await journal.endPart()
  } finally {
    await journal.close()
  }
}
