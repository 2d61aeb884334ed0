import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stream } from '../../contract/connector'
import { atPath } from './at-path'
import { eventsIn } from './delivery'
import type { JournalLine } from './journal-lines'
import { deliveries } from './listening'
import { countPage, type Page } from './page'
import { Seen } from './seen'

export interface Places {
  /** Where its evidence grows. */
  readonly folder: string
  /** Where a part that was imported is evidence now, by its SHA-256. */
  readonly evidence: string
}

/**
 * The events of a stream that came before a pull was interrupted, so that none is counted twice: those that came last, or all, where
 * any of them may come again.
 */
export async function seenIn(
  places: Places,
  lines: readonly JournalLine[],
  name: string,
  stream: Stream,
  all = false
): Promise<Seen> {
  const seen = new Seen()
  await eachAnswer(places, lines, name, all, (body) => {
    const document: unknown = JSON.parse(body)
    const list = stream.list ? atPath(document, stream.list) : document
    countPage({ document, list: list as Page['list'] }, stream, seen)
  })
  return seen
}

/** The same of what was sent to us: a sender that was not answered sends again. */
export async function seenDeliveries(places: Places, lines: readonly JournalLine[]): Promise<Seen> {
  const seen = new Seen()
  await eachAnswer(places, lines, deliveries, false, (body) => {
    for (const event of eventsIn(body) ?? []) seen.add(JSON.stringify(event))
  })
  return seen
}

async function eachAnswer(
  places: Places,
  lines: readonly JournalLine[],
  name: string,
  all: boolean,
  look: (body: string) => void
): Promise<void> {
  const kept = lines.flatMap((line) =>
    'request' in line && line.request.what === name && line.request.part ? [line.request] : []
  )
  const imported = new Map(lines.flatMap((line) => ('part' in line ? [[line.part.name, line.part.sha256]] : [])))
  const last = kept.at(-1)?.part
  for (const part of new Set(kept.map((request) => request.part ?? ''))) {
    // What was imported before the last part lies far behind.
    const bytes = await bytesOf(places, part, all || part === last ? imported.get(part) : undefined)
    if (!bytes) continue
    for (const { part: of, offset = 0, length = 0 } of kept)
      if (of === part) look(bytes.subarray(offset, offset + length).toString('utf8'))
  }
}

async function bytesOf({ folder, evidence }: Places, part: string, sha256?: string): Promise<Buffer | undefined> {
  const absent = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  }
  const own = await readFile(join(folder, part)).catch(absent)
  return own ?? (sha256 === undefined ? undefined : readFile(join(evidence, sha256)).catch(absent))
}
