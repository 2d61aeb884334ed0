import type { Workbook } from './workbook'
import { attribute, richText, unescapedXml } from './xml'

const cell = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g
const value = /<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/

/** The cells of a sheet's row by their column, from 0; empty ones left out. Dates are in ISO 8601, as far as the cell says them. */
export function rowCells(xml: string, workbook: Workbook): Map<number, string> {
  const cells = new Map<number, string>()
  let next = 0
  for (const [, tag = '', inner = ''] of xml.matchAll(cell)) {
    const column = columnOf(attribute(tag, 'r')) ?? next
    next = column + 1
    const text = textOf(tag, inner, workbook)
    if (text !== '') cells.set(column, text)
  }
  return cells
}

function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]+/.exec(place ?? '')?.[0]
  return letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function textOf(tag: string, inner: string, { texts, dates, since1904 }: Workbook): string {
  const type = attribute(tag, 't') ?? 'n'
  if (type === 'inlineStr') return richText(inner)
  const written = unescapedXml(value.exec(inner)?.[1] ?? '')
  switch (type) {
    case 's':
      return texts.at(Number(written)) ?? written
    case 'b':
      return written === '1' ? 'true' : 'false'
    case 'n': {
      const kind = dates[Number(attribute(tag, 's') ?? 0)]
      return kind && written !== '' ? dateText(Number(written), kind, since1904) : written
    }
    default:
      return written
  }
}

// Day 0 is 1899-12-30: with the 29 February 1900 that never was, days from March 1900 on come out right.
const [first, first1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)]

function dateText(serial: number, kind: 'date' | 'time' | 'both', since1904: boolean): string {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return String(serial)
  // A number of days holds a day's milliseconds no more exactly than this.
  const date = new Date((since1904 ? first1904 : first) + Math.round(serial * 86_400_000))
  const [day = '', clock = ''] = date.toISOString().slice(0, -1).split('T')
  const time = clock.replace(/\.000$/, '')
  if (kind === 'time' && serial < 1) return time
  return serial % 1 === 0 && kind === 'date' ? day : `${day} ${time}`
}
