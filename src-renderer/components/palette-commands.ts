import { type Field, fieldInfo, fieldNames } from '../../src-main/contract/event'
import type { App } from '../state/app.svelte'
import { textIn, typeInto } from '../state/query-editor'
import { columnsIn } from './explore/columns'

/** A line of the palette. */
export interface PaletteCommand {
  readonly scope: string
  readonly title: string
  readonly keys: readonly string[]
  /** Beside the title, dimmed: how a field is typed. */
  readonly note?: string
  readonly run: () => void
}

/** What the palette finds beside the commands once something is typed: fields to search by, columns, statements of SQL. */
export function paletteCommands(app: App): readonly PaletteCommand[] {
  if (!app.case) return []
  const shown = columnsIn(app.layout.now)
  const fields = fieldNames.map((field) => ({ field, title: fieldInfo(field).title }))
  return [
    ...fields.map(({ field, title }) => ({
      scope: 'Search by a field',
      title: `Search by ${inSentence(title)}`,
      note: `${field}:`,
      keys: [],
      run: () => typeQuery(`${field}:`)
    })),
    ...fields.map(({ field, title }) => ({
      scope: 'Columns',
      title: `${shown.includes(field) ? 'Without the column' : 'Column'} ${title}`,
      note: field,
      keys: [],
      run: () => {
        app.page = 'explore'
        toggle(field)
      }
    })),
    ...app.saved.all
      .filter(({ kind }) => kind === 'sql')
      .map(({ name, query }) => ({
        scope: 'SQL statements',
        title: name,
        note: query.replace(/\s+/g, ' ').slice(0, 60),
        keys: [],
        run: () => {
          app.sql.text = query
          app.page = 'sql'
        }
      }))
  ]

  function toggle(field: Field): void {
    const left = shown.includes(field) ? shown.filter((each) => each !== field) : [...shown, field]
    if (left.length > 0) app.layout.set({ columns: left })
  }
}

/** `User ID` as it stands within a sentence; what is spelled in capitals stays so. */
const inSentence = (title: string) => (/^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1))

/** Writes behind what stands in the query box, as if it were typed: what it offers then is offered. */
function typeQuery(text: string): void {
  const box = document.querySelector<HTMLElement>('#query')
  if (!box) return
  const before = textIn(box)
  typeInto(box, before.length, before.length, before.trim() === '' || before.endsWith(' ') ? text : ` ${text}`)
}
