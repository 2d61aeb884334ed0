import { diffWordsWithSpace } from 'diff'
import type { Change, ChangeEntry } from '../../../src-main/contract/change'
import { visibleText } from './visible-text'

/** The sign in front of a line says what became of the field; colour only repeats it. */
export const signs = {
  added: { sign: '+', title: 'added' },
  removed: { sign: '−', title: 'removed' },
  changed: { sign: '~', title: 'changed' },
  now: { sign: '→', title: 'value after, before not logged' },
  same: { sign: ' ', title: 'unchanged' },
  masked: { sign: '*', title: 'masked, not compared' }
} as const
export type Sign = keyof typeof signs

export function signOf(entry: ChangeEntry, basis: Change['basis']): Sign {
  if (entry.masked) return 'masked'
  if (entry.same) return 'same'
  if (basis === 'after-only' || entry.unlogged) return 'now'
  if ('before' in entry && 'after' in entry) return 'changed'
  return 'after' in entry ? 'added' : 'removed'
}

/** How we come to know before and after. */
export const basisTexts: Readonly<Record<Change['basis'], string>> = {
  logged: 'Before and after are both in the log.',
  rebuilt: 'The log holds only the new state.',
  'after-only': 'Before: not logged. Shown is the state after, nothing is compared.'
}

/** One line of the diff: a field, or a run of unchanged ones folded into their number. */
export type DiffLine =
  | { readonly kind: 'entry'; readonly entry: ChangeEntry; readonly sign: Sign }
  | { readonly kind: 'fold'; readonly entries: readonly ChangeEntry[] }

export function diffLines(change: Change): DiffLine[] {
  const lines: DiffLine[] = []
  for (const entry of change.entries) {
    const sign = signOf(entry, change.basis)
    const before = lines.at(-1)
    if (sign !== 'same') lines.push({ kind: 'entry', entry, sign })
    else if (before?.kind === 'fold') lines[lines.length - 1] = { kind: 'fold', entries: [...before.entries, entry] }
    else lines.push({ kind: 'fold', entries: [entry] })
  }
  return lines
}

/** How much became of what, in one line: `~ 2 changed · + 1 added · 12 unchanged`. */
export function diffTally(lines: readonly DiffLine[]): string {
  const same = lines.reduce((sum, line) => sum + (line.kind === 'fold' ? line.entries.length : 0), 0)
  const parts = (['changed', 'added', 'removed', 'now', 'masked'] as const).flatMap((sign) => {
    const number = lines.filter((line) => line.kind === 'entry' && line.sign === sign).length
    return number > 0 ? [`${signs[sign].sign} ${number} ${sign === 'now' ? 'after' : signs[sign].title}`] : []
  })
  return [...parts, ...(same > 0 ? [`${same} unchanged`] : [])].join(' · ')
}

export interface Part {
  readonly kind: 'same' | 'removed' | 'added' | 'fold'
  readonly text: string
}

/** Texts shorter than this are read at a glance. */
const wordsFrom = 24
/** Of a long unchanged stretch only its ends are shown. */
const foldFrom = 240
const ends = 80
const longest = 40_000

/** The words that differ between two long texts; null where whole values are read more easily than parts. */
export function wordParts(before: string, after: string): Part[] | null {
  if (Math.max(before.length, after.length) < wordsFrom || before.length + after.length > longest) return null
  const parts = diffWordsWithSpace(before, after, { timeout: 60 })
  if (!parts) return null
  const same = parts.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.trim().length), 0)
  if (same < Math.min(before.length, after.length) / 5) return null
  return parts.flatMap(({ added, removed, value }): Part[] => {
    if (added || removed) return [{ kind: added ? 'added' : 'removed', text: value }]
    if (value.length < foldFrom) return [{ kind: 'same', text: value }]
    return [
      { kind: 'same', text: value.slice(0, ends) },
      { kind: 'fold', text: value.slice(ends, -ends) },
      { kind: 'same', text: value.slice(-ends) }
    ]
  })
}

/** A value as the diff shows it; a text in quotes only where it could be taken for something else. */
export function diffValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, typeof value === 'object' ? 1 : 0)
  return value === '' || value !== value.trim() || /^(null|true|false|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value)
    ? JSON.stringify(value)
    : visibleText(value)
}
