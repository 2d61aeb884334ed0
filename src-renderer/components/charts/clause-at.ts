import type { Filter } from '../../../src-main/contract/filter'
import type { Row, Table } from '../../charts/draw/chart'

/** What ECharts says was clicked. */
export interface Clicked {
  readonly componentType: string
  readonly seriesType?: string
  readonly seriesIndex?: number
  readonly dataIndex?: number
  readonly value?: unknown
}

/** The row that was clicked, and the events to show for it: those of the cell, or of the whole row where its name was clicked. */
export function clickedRow(table: Table, clicked: Clicked): { readonly row: Row; readonly clause: Filter } | null {
  const { componentType, seriesType, seriesIndex = 0, dataIndex = -1, value } = clicked
  if (componentType !== 'series') return ofRow(table.rows[dataIndex])
  if (seriesType === 'heatmap' && Array.isArray(value)) return ofRow(table.rows[value[1]], value[0])
  return ofRow(table.rows[dataIndex], seriesIndex)
}

/** Without a column, all events of the row. A cell without events leads nowhere. */
export function ofRow(row: Row | undefined, column?: number) {
  if (!row) return null
  if (column === undefined) return { row, clause: row.clause }
  const cell = row.cells[column]
  return cell?.count ? { row, clause: cell.clause } : null
}
