import type { EChartsCoreOption } from 'echarts/core'
import type { Filter } from '../../../src-main/contract/filter'
import type { Look, Table } from './chart'
import { tooltip, tooltipBox } from './tooltip'

/** Parts of a whole, each with its sign, count and share written beside it, and the whole in the middle. */
export function ring(table: Table, look: Look, isBack: (clause: Filter) => boolean): EChartsCoreOption {
  const { colours, font } = look
  const count = (row: (typeof table.rows)[number]) => row.cells[0]?.count ?? 0
  return {
    title: {
      text: look.count(table.total),
      subtext: 'events',
      left: 'center',
      top: 'middle',
      itemGap: 2,
      textStyle: { fontFamily: font, fontSize: 18, lineHeight: 22, fontWeight: 600, color: colours.text },
      subtextStyle: { fontFamily: font, fontSize: 12, color: colours.dim }
    },
    tooltip: {
      ...tooltipBox(look),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = table.rows[dataIndex]
        if (!row) return ''
        const figure = `${look.count(count(row))} · ${look.percent(count(row), table.total)}`
        return tooltip(row.title, [{ text: 'Events', figure, ...(row.colour && { colour: row.colour }) }])
      }
    },
    series: [
      {
        type: 'pie',
        radius: ['52%', '72%'],
        cursor: 'pointer',
        minAngle: 3,
        padAngle: table.rows.length > 1 ? 1 : 0,
        emphasis: { scale: false },
        label: {
          fontFamily: font,
          fontSize: 12,
          lineHeight: 16,
          color: colours.text,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const row = table.rows[dataIndex]
            return row ? `${row.title}\n${look.count(count(row))} · ${look.percent(count(row), table.total)}` : ''
          }
        },
        labelLine: { length: 20, length2: 8, lineStyle: { color: colours.line } },
        data: table.rows.map((row) => ({
          value: count(row),
          itemStyle: { color: row.colour ?? colours.dim, opacity: isBack(row.clause) ? 0.25 : 1 }
        }))
      }
    ]
  }
}
