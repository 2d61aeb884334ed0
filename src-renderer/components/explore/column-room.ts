import type { AnyField, EventRow } from '../../../src-main/contract/event'
import { type Column, firstPresent } from './columns'

/** Widths by column id, in pixels. */
export type Widths = Readonly<Record<string, number>>

/** How much of a time has room: a narrow table leaves the year to the detail, a very narrow one the milliseconds too. */
export type TimeForm = 'full' | 'short' | 'shortest'
const timeWidths: Record<TimeForm, number> = { full: 208, short: 152, shortest: 124 }

/** An id, which no one reads to its end, may be cut sooner than a name. */
const longestId = 80
/** Widths go in steps, so that another filter hardly moves a column. */
const step = 8

/** How wide the columns that tell who did what must be, so that none of these rows is cut there. */
export function widthsOf(
  columns: readonly Column[],
  rows: readonly EventRow[],
  measure: (text: string) => number
): Widths {
  const widest = ({ shows, fits, min }: Column): number => {
    if (!fits) return min
    const texts = rows.map((row) => {
      const shown = firstPresent(row, shows[0] ?? [])
      if (!shown) return 0
      return Math.min(shown.field.endsWith('.id') ? longestId : fits.longest, measure(String(shown.value)))
    })
    return Math.max(min, Math.ceil((fits.beside + Math.max(0, ...texts)) / step) * step)
  }
  return Object.fromEntries(columns.map((column) => [column.id, widest(column)]))
}

/** What of a table has room, and how. */
export interface Fit {
  readonly columns: readonly Column[]
  readonly time: TimeForm
  /** The widths of the columns, as a CSS grid. */
  readonly template: string
  /** Where pinned columns stand, in pixels from the left. */
  readonly pinned: ReadonlyMap<Column, number>
}

/**
 * Columns that can be spared give way, one after the other, before who acted or what they did is cut; then the time gets shorter.
 * What the analyst set by hand stays as set, and so does the column that is sorted by.
 */
export function fitted(
  columns: readonly Column[],
  needed: Widths,
  set: Widths,
  room: number,
  spared: (column: Column) => boolean,
  pins: readonly AnyField[] = []
): Fit {
  const needs = (time: TimeForm) => (column: Column) =>
    set[column.id] ?? (column.id === '@timestamp' ? timeWidths[time] : (needed[column.id] ?? column.min))
  const sum = (kept: readonly Column[], time: TimeForm) => kept.map(needs(time)).reduce((all, width) => all + width, 0)
  const usual = room < 832 ? 'short' : 'full'
  let kept = columns
  for (const next of columns.filter(spared).sort((a, b) => (b.givesWay ?? 0) - (a.givesWay ?? 0)))
    if (sum(kept, usual) > room) kept = kept.filter((column) => column !== next)
  const time = sum(kept, usual) > room ? 'shortest' : usual
  const fits = sum(kept, time) <= room
  const pinned = new Map<Column, number>()
  let left = 0
  for (const column of kept.filter(({ id }) => pins.includes(id))) {
    pinned.set(column, left)
    left += needs(time)(column)
  }
  const template = kept.map((column, at) => track(column, at === kept.length - 1)).join(' ')
  return { columns: kept, time, template, pinned }

  function track(column: Column, last: boolean): string {
    const { id, min, grow } = column
    const width = needs(time)(column)
    if (set[id] !== undefined) return last ? `minmax(${width}px, 1fr)` : `${width}px`
    // What stays at the left is as wide as those that follow must know.
    if (grow === 0 || (pinned.has(column) && !last)) return `${width}px`
    // What is missing is missing to all in proportion.
    return fits ? `minmax(${width}px, ${grow}fr)` : `minmax(${min}px, ${width}fr)`
  }
}

/** What a row takes at least, in pixels; where there is less room, it is scrolled. */
export const narrowestWidth = ({ columns, pinned, template }: Fit, set: Widths): number => {
  const tracks = template.split(/ (?![^(]*\))/)
  return columns.reduce((sum, column, at) => {
    const { id, min } = column
    const fixed = pinned.has(column) ? Number.parseInt(tracks[at]?.replace('minmax(', '') ?? '', 10) : undefined
    return sum + (set[id] ?? fixed ?? (id === '@timestamp' ? timeWidths.shortest : min))
  }, 0)
}
