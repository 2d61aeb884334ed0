import type { EChartsCoreOption } from 'echarts/core'
import type { Filter } from '../../../src-main/contract/filter'
import type { Cell, Column, Look, Row, Table } from './chart'
import { tooltip, tooltipBox } from './tooltip'

const mostLabels = 12

/** Standing bars along time, each stacked by the columns of the table. */
export function stackedBars(table: Table, look: Look, isBack: (clause: Filter) => boolean): EChartsCoreOption {
  const { colours, font } = look
  const isOut = (row: Row, column: Column, cell: Cell) =>
    isBack(cell.clause) && isBack(row.clause) && (!column.clause || isBack(column.clause))
  // No more labels than are read at a glance, as far apart as each other.
  const named = table.rows.flatMap(({ short }, at) => (short === '' ? [] : [at]))
  const every = Math.ceil(named.length / mostLabels)
  const labelled = new Set(named.filter((_, at) => at % every === 0))
  const label = { fontFamily: font, fontSize: 11, color: colours.dim }
  return {
    grid: { left: 8, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipBox(look),
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: colours.text, opacity: 0.06 } },
      formatter: ([first]: readonly { dataIndex: number }[]) => barTooltip(table, look, first?.dataIndex ?? 0)
    },
    xAxis: {
      type: 'category',
      data: table.rows.map((row) => row.short ?? row.title),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true, interval: (at: number) => labelled.has(at) }
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { ...label, formatter: (value: number) => look.count(value) }
    },
    series: table.columns.map((column, index) => ({
      type: 'bar',
      name: column.title,
      stack: 'all',
      barCategoryGap: '12%',
      cursor: 'pointer',
      color: column.colour,
      data: table.rows.map((row) => {
        const cell = row.cells[index]
        if (!cell?.count) return null
        return { value: cell.count, itemStyle: { opacity: isOut(row, column, cell) ? 0.25 : 1 } }
      })
    }))
  }
}

function barTooltip(table: Table, look: Look, index: number): HTMLElement {
  const row = table.rows[index]
  const cells = row?.cells ?? []
  const total = cells.reduce((sum, { count }) => sum + count, 0)
  const parts = table.columns.flatMap(({ title, colour }, column) => {
    const count = cells[column]?.count ?? 0
    return count ? [{ text: title, figure: look.count(count), ...(colour && { colour }) }] : []
  })
  return tooltip(row?.title ?? '', [...parts, { text: 'All', figure: look.count(total) }])
}
