import type { AnyField, EventRow } from '../../../src-main/contract/event'
import { type Column, firstPresent } from './columns'

/** Widths by column id, in pixels. */
export type Widths = Readonly<Record<string, number>>

/** A narrow table leaves the year to the detail. */
export const isCompact = (room: number): boolean => room < 832
const timeWidth = (room: number): number => (isCompact(room) ? 152 : 208)

/** A name longer than this may be cut; an id, which no one reads to its end, sooner. */
const longestText = 184
const longestId = 80
/** Widths go in steps, so that another filter hardly moves a column. */
const step = 8

/** How wide the columns that tell who did what must be, so that none of these rows is cut there. */
export function widthsOf(
  columns: readonly Column[],
  rows: readonly EventRow[],
  measure: (text: string) => number,
  room: number
): Widths {
  const widest = ({ id, shows, beside, min }: Column): number => {
    if (id === '@timestamp') return timeWidth(room)
    if (beside === undefined) return min
    const texts = rows.map((row) => {
      const shown = firstPresent(row, shows[0] ?? [])
      if (!shown) return 0
      return Math.min(shown.field.endsWith('.id') ? longestId : longestText, measure(String(shown.value)))
    })
    return Math.max(min, Math.ceil((beside + Math.max(0, ...texts)) / step) * step)
  }
  return Object.fromEntries(columns.map((column) => [column.id, widest(column)]))
}

/** The columns that have room: those that can be spared give way, one after the other, before who acted or what they did is cut. */
export function withRoom(
  columns: readonly Column[],
  needed: Widths,
  set: Widths,
  room: number,
  sorted: AnyField
): readonly Column[] {
  const sum = (kept: readonly Column[]) => kept.reduce((all, { id, min }) => all + (set[id] ?? needed[id] ?? min), 0)
  const spare = columns
    .filter(({ id, givesWay }) => givesWay !== undefined && id !== sorted)
    .sort((a, b) => (b.givesWay ?? 0) - (a.givesWay ?? 0))
  let kept = columns
  for (const next of spare) {
    if (sum(kept) <= room) break
    kept = kept.filter((column) => column !== next)
  }
  return kept
}

/** The widths of the columns as a CSS grid; what the analyst set by hand stays as set. */
export function gridColumns(columns: readonly Column[], needed: Widths, set: Widths, room: number): string {
  const fits = columns.reduce((all, { id, min }) => all + (set[id] ?? needed[id] ?? min), 0) <= room
  return columns
    .map(({ id, min, grow }, at) => {
      const width = set[id]
      if (width !== undefined) return at === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`
      if (grow === 0) return `${needed[id] ?? min}px`
      return `minmax(${fits ? (needed[id] ?? min) : min}px, ${grow}fr)`
    })
    .join(' ')
}

export const narrowestWidth = (columns: readonly Column[], set: Widths): number =>
  columns.reduce((sum, { id, min }) => sum + (set[id] ?? min), 0)
