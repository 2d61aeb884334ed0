import type { EChartsCoreOption } from 'echarts/core'
import type { Filter } from '../../../src-main/contract/filter'
import type { Look, Table } from './chart'
import { tooltip, tooltipBox } from './tooltip'

/** From one bar to the next, however many there are. */
const pitch = 22

/** Lying bars, most first, each with its name before and its count behind. */
export function bars(table: Table, look: Look, isBack: (clause: Filter) => boolean): EChartsCoreOption {
  const { colours, font } = look
  const label = { fontFamily: font, fontSize: 12, color: colours.text }
  return {
    grid: {
      left: 8,
      right: 84,
      top: 4,
      height: pitch * table.rows.length,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    tooltip: {
      ...tooltipBox(look),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = table.rows[dataIndex]
        const count = row?.cells[0]?.count ?? 0
        const line = { text: 'Events', figure: `${look.count(count)} · ${look.percent(count, table.total)}` }
        return tooltip(row?.title ?? '', [{ ...line, ...(row?.colour && { colour: row.colour }) }])
      }
    },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: table.rows.map(({ short, title }) => short ?? title),
      axisLine: { show: false },
      axisTick: { show: false },
      triggerEvent: true,
      axisLabel: { ...label, width: 160, overflow: 'truncate', interval: 0 }
    },
    series: [
      {
        type: 'bar',
        barWidth: 14,
        barMinWidth: 2,
        barMinHeight: 2,
        cursor: 'pointer',
        label: {
          ...label,
          show: true,
          position: 'right',
          opacity: 1,
          formatter: ({ value }: { value: number }) => look.count(value)
        },
        data: table.rows.map((row) => ({
          value: row.cells[0]?.count ?? 0,
          itemStyle: {
            color: row.colour ?? (row.value?.value === null ? colours.line : colours.mark),
            opacity: isBack(row.clause) ? 0.25 : 1,
            borderRadius: [0, 2, 2, 0]
          }
        }))
      }
    ]
  }
}
