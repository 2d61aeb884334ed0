import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stream } from '../../contract/connector'
import { atPath } from './at-path'
import type { JournalLine } from './journal-lines'
import { countPage, type Page } from './page'
import { Seen } from './seen'

/**
 * The events of a stream that came last before a pull was interrupted, so that none is counted twice. A part that was imported
 * meanwhile is evidence now, in `evidence` by its SHA-256.
 */
export function seenIn(
  { folder, evidence }: { readonly folder: string; readonly evidence: string },
  lines: readonly JournalLine[],
  name: string,
  stream: Stream
): Seen {
  const seen = new Seen()
  const kept = lines.flatMap((line) =>
    'request' in line && line.request.what === name && line.request.part ? [line.request] : []
  )
  const imported = new Map(lines.flatMap((line) => ('part' in line ? [[line.part.name, line.part.sha256]] : [])))
  const last = kept.at(-1)?.part
  const files = new Map<string, Buffer>()
  for (const { part = '', offset = 0, length = 0 } of kept) {
    const own = join(folder, part)
    // What was imported before the last part lies far behind.
    const path = part === last && !existsSync(own) ? join(evidence, imported.get(part) ?? '') : own
    const bytes = files.get(path) ?? (existsSync(path) ? readFileSync(path) : undefined)
    if (!bytes) continue
    files.set(path, bytes)
    const document: unknown = JSON.parse(bytes.subarray(offset, offset + length).toString('utf8'))
    const list = stream.list ? atPath(document, stream.list) : document
    countPage({ document, list: list as Page['list'] }, stream, seen)
  }
  return seen
}
