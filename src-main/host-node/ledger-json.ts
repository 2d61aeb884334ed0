import type { LedgerLine } from '../contract/evidence'

/** The books as the command line prints them in JSON. */
export const ledgerJson = (lines: readonly LedgerLine[], seconds: number) => ({
  evidence: lines.map((line) => ({
    path: line.path,
    ...(line.archive ? { name: line.name, archive: line.archive.sha256 } : {}),
    sha256: line.sha256,
    bytes: line.bytes,
    source: line.source,
    records: line.records,
    events: line.events,
    ...(line.kind === undefined ? {} : { kind: line.kind, names: line.names }),
    undated: line.undated,
    unreadable: line.unreadable,
    blank: line.blank,
    duplicates: line.duplicates,
    ...(line.paired === undefined ? {} : { paired: line.paired }),
    ...(line.times === undefined ? {} : { times: line.times }),
    balanced: line.balanced,
    seconds: line.seconds,
    ...(line.already ? { already: true } : {})
  })),
  events: lines.reduce((sum, { events, already }) => sum + (already ? 0 : events), 0),
  seconds
})
