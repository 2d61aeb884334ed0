import type { LedgerLine } from '../../src-main/contract/evidence'
import type { ImportProgress, ImportResult } from '../../src-main/contract/import'
import { count, counted } from './format'
import type { Notice } from './notices.svelte'

/** An import under way: first the browser hands the bytes over, then the engine reads them. */
export type Importing =
  | { readonly phase: 'sending'; readonly name: string; readonly bytes: number; readonly totalBytes: number }
  | ImportProgress

/** The books of an import in one line: `2,481,112 records = 2,481,098 events + 14 unreadable`. */
export function balance(
  lines: readonly Pick<LedgerLine, 'records' | 'events' | 'undated' | 'unreadable' | 'blank' | 'names'>[]
): string {
  const sum = (part: 'records' | 'events' | 'undated' | 'unreadable' | 'blank') =>
    lines.reduce((total, line) => total + line[part], 0)
  const others = (['undated', 'unreadable', 'blank'] as const).filter((part) => sum(part) > 0)
  const names = lines.reduce((total, line) => total + (line.names ?? 0), 0)
  const named = names > 0 ? [counted(names, 'name')] : []
  // A directory has no events to count.
  const events = named.length > 0 && sum('events') === 0 ? [] : [counted(sum('events'), 'event')]
  const parts = [...events, ...named, ...others.map((part) => `${count(sum(part))} ${part}`)]
  return `${counted(sum('records'), 'record')} = ${parts.join(' + ')}`
}

/** Of thousands of files the same may be to be said of each. */
const mostSaid = 8

function few(said: readonly string[]): readonly string[] {
  if (said.length <= mostSaid) return said
  return [...said.slice(0, mostSaid - 1), `… and the same of ${counted(said.length - mostSaid + 1, 'more file')}.`]
}

/** What an import came to, in words: what went in, what was refused and why. */
export function importNotice(result: ImportResult): Omit<Notice, 'id'> {
  const { evidence, refused } = result
  const lines = evidence.length > 0 ? [balance(evidence)] : []
  const unbalanced = evidence.filter((line) => !line.balanced)
  const refusals = few(refused.map((file) => file.message))
  const conflicts = evidence.reduce((total, line) => total + line.conflicts, 0)
  const duplicates = evidence.reduce((total, line) => total + line.duplicates, 0)
  const directories = evidence.filter(({ kind }) => kind === 'directory')
  lines.push(...few(directories.map(({ name, notes }) => `${name} is ${notes[0]}.`)))
  if (duplicates > 0) lines.push(`${counted(duplicates, 'duplicate')} kept, not shown twice.`)
  if (conflicts > 0) lines.push(`${counted(conflicts, 'event')} share an id with different content; both are shown.`)
  const guessed = evidence.flatMap(({ name, guessed }) =>
    guessed ? [`${name} is no log we know. Guessed: ${guessed}`] : []
  )
  lines.push(...few(guessed))
  const unzoned = evidence.filter(({ times, already }) => times?.zone !== undefined && !times.asked && !already)
  lines.push(
    ...few(
      unzoned.map(
        ({ name, times }) =>
          `${name}: times carry no zone, read as ${times?.zone}. Another can be chosen on the Evidence page.`
      )
    )
  )
  lines.push(
    ...few(unbalanced.map((line) => `${line.name} does not balance. Its record count is not to be relied upon.`))
  )
  if (unbalanced.length > 0)
    return { kind: 'failure', title: 'Import does not balance', lines: [...lines, ...refusals] }
  if (evidence.length === 0 && refused.length > 0)
    return { kind: 'failure', title: refused.length === 1 ? 'File refused' : 'Files refused', lines: refusals }
  const title = `Imported ${counted(evidence.length, 'file')}`
  const notClean =
    refused.length > 0 || conflicts > 0 || guessed.length > 0 || evidence.some((line) => line.unreadable > 0)
  return { kind: notClean ? 'warning' : 'done', title, lines: [...lines, ...refusals] }
}
