import type { LedgerLine } from '../contract/evidence'
import { grouped } from './numbers'
import { type Column, table } from './table'

const columns: readonly Column[] = [
  { title: 'File' },
  { title: 'Source' },
  { title: 'Records', right: true },
  { title: 'Events', right: true },
  { title: 'Names', right: true },
  { title: 'Undated', right: true },
  { title: 'Unreadable', right: true },
  { title: 'Blank', right: true },
  { title: 'Duplicates', right: true },
  { title: 'Balance' },
  { title: 'SHA-256' }
]

/** The books for people: one line per file, then what was guessed or is worth knowing. */
export function ledgerText(lines: readonly LedgerLine[], screen: number | null): string {
  const rows = lines.map((line) => [
    line.name,
    line.source,
    ...[line.records, line.events, line.names ?? 0, line.undated, line.unreadable, line.blank, line.duplicates].map(
      grouped
    ),
    line.balanced ? 'balanced' : 'NOT BALANCED',
    line.sha256
  ])
  return table(columns, rows, screen)
}

/** What to know of a file beside its numbers. */
export const ledgerNotes = (lines: readonly LedgerLine[]): readonly string[] =>
  lines.flatMap(({ name, notes, guessed, conflicts, paired }) => [
    ...(guessed ? [`${name}: no source recognises it; guessed ${guessed}`] : []),
    ...(conflicts ? [`${name}: ${grouped(conflicts)} records share an id with another of different content`] : []),
    ...(paired
      ? [`${name}: ${grouped(paired)} requests stand with their responses, and are not shown beside them`]
      : []),
    ...notes.map((note) => `${name}: ${note}`)
  ])
