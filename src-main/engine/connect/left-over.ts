import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PullReport } from '../../contract/connect'
import { Books } from './books'
import { Journal } from './journal'
import type { PartLine, PartRead } from './journal-lines'
import { Parts } from './parts'
import type { PullFolders } from './pull-folder'

export interface LeftOver {
  readonly folders: PullFolders
  /** The SHA-256 of all evidence there is. */
  readonly known: ReadonlySet<string>
  readonly take: (part: PartLine, read: PartRead) => Promise<PullReport['refused'][number] | null>
  readonly now: () => number
}

/** Brings into the case what a pull had received when the application ended; nothing is asked for. Each part that cannot be read is told. */
export async function takeLeftOver(id: string, { folders, known, take, now }: LeftOver): Promise<void> {
  const folder = folders.of(id)
  const partName = (stream: string, number: string): string => `${id}-${stream}-${number}.json`
  folders.reopen(id)
  const whole: PartLine[] = []
  const { journal, lines } = await Journal.open({ folder, partName, now, partEnded: (part) => whole.push(part) })
  const { begin, parts: before } = new Books(lines)
  try {
    await journal.endPart()
  } finally {
    await journal.close()
  }
  const parts = new Parts(take, begin?.reads ?? {})
  const left = new Set(folders.partsIn(id))
  for (const part of [...before, ...whole].filter(({ name }) => left.has(name)))
    if (known.has(part.sha256)) await rm(join(folder, part.name))
    else parts.take(part)
  await parts.taken
  folders.refuse(id, parts.refused)
}
