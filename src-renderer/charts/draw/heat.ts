import type { EChartsCoreOption } from 'echarts/core'
import type { Filter } from '../../../src-main/contract/filter'
import type { Look, Table } from './chart'
import { tooltip, tooltipBox } from './tooltip'

/** A field of cells, the darker the more; rows of the table downwards, its columns to the right. */
export function heat(table: Table, look: Look, isBack: (clause: Filter) => boolean): EChartsCoreOption {
  const { colours, font } = look
  const label = { fontFamily: font, fontSize: 11, color: colours.dim }
  const most = Math.max(1, ...table.rows.flatMap((row) => row.cells.map(({ count }) => count)))
  const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false }, axisLabel: label }
  return {
    grid: { left: 8, right: 12, top: 4, bottom: 32, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipBox(look),
      trigger: 'item',
      formatter: ({ value: [column, row, count] }: { value: readonly [number, number, number] }) =>
        tooltip(`${table.rows[row]?.title} ${table.columns[column]?.title}`, [
          { text: 'Events', figure: `${look.count(count)} · ${look.percent(count, table.total)}` }
        ])
    },
    xAxis: { ...axis, data: table.columns.map(({ title }) => title.slice(0, 2)) },
    yAxis: { ...axis, inverse: true, data: table.rows.map(({ short, title }) => short ?? title), triggerEvent: true },
    visualMap: {
      type: 'continuous',
      min: 0,
      max: most,
      orient: 'horizontal',
      right: 12,
      bottom: 0,
      itemWidth: 8,
      itemHeight: 96,
      text: [look.count(most), '0'],
      textGap: 6,
      textStyle: label,
      hoverLink: false,
      inRange: { color: [colours.empty, colours.accent] }
    },
    series: [
      {
        type: 'heatmap',
        cursor: 'pointer',
        itemStyle: { borderColor: colours.ground, borderWidth: 2, borderRadius: 3 },
        data: table.rows.flatMap((row, y) =>
          row.cells.map(({ count, clause }, x) => ({
            value: [x, y, count],
            itemStyle: { opacity: isBack(clause) && isBack(row.clause) ? 0.25 : 1 }
          }))
        )
      }
    ]
  }
}
