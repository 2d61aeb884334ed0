import { BarChart, HeatmapChart, PieChart } from 'echarts/charts'
import { GridComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { expect, it } from 'vitest'
import type { Filter } from '../../src-main/contract/filter'
import actors from '../../src-renderer/charts/actors'
import type { Chart, Table } from '../../src-renderer/charts/draw/chart'
import overTime from '../../src-renderer/charts/events-over-time'
import hours from '../../src-renderer/charts/hours'
import outcomes from '../../src-renderer/charts/outcomes'
import { clickedRow } from '../../src-renderer/components/charts/clause-at'
import { look } from './look'

use([
  BarChart,
  HeatmapChart,
  PieChart,
  GridComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  SVGRenderer
])

function drawn(chart: Chart, table: Table, isBack: (clause: Filter) => boolean = () => false): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 320 })
  drawing.setOption({ animation: false, ...chart.draw(table, look, isBack) })
  const svg = drawing.renderToSVGString()
  drawing.dispose()
  return svg
}

const groups = (...keys: (string | null)[]) => ({
  groups: keys.map((key, i) => ({ key: [key], count: 1200 - i })),
  rest: 0,
  distinct: keys.length
})

it('a bar stands with its name and its grouped count', () => {
  const svg = drawn(actors, actors.table(groups('alice', null), look))
  for (const text of ['>alice<', '>–<', '>1,200<', '>1,199<']) expect(svg).toContain(text)
})

it('a name from a log that looks like markup is drawn as text', () => {
  const svg = drawn(actors, actors.table(groups('<img src=x onerror=alert(1)>'), look))
  expect(svg).not.toContain('<img')
})

it('a ring says its parts and its whole', () => {
  const svg = drawn(outcomes, outcomes.table(groups('success', 'failure', null), look))
  for (const text of ['✓ Success', '✗ Failure', '– Not logged', '3,597']) expect(svg).toContain(text)
})

it('what is not chosen steps back', () => {
  const table = actors.table(groups('alice', 'bob'), look)
  const chosen = table.rows[1]?.clause
  expect(drawn(actors, table)).not.toContain('opacity="0.25"')
  const svg = drawn(actors, table, (clause) => clause !== chosen)
  expect(svg.match(/<path[^>]*opacity="0.25"/g)).toHaveLength(1)
})

it('time and weekday stand on their axes', () => {
  const start = Date.UTC(2026, 2, 9, 9)
  const time = overTime.table(
    {
      every: '1h',
      zone: 'UTC',
      starts: [start],
      end: start + 3_600_000,
      series: [{ key: 'iam', counts: [3] }],
      undated: 0
    },
    look
  )
  expect(drawn(overTime, time)).toContain('>09:00<')
  const calendar = hours.table({ cells: [{ weekday: 0, hour: 9, count: 1 }], undated: 0 }, look)
  for (const text of ['>Mon<', '>Sun<', '>00<', '>23<']) expect(drawn(hours, calendar)).toContain(text)
})

it('the axis of time names no more bars than are read at a glance', () => {
  const day = 86_400_000
  const starts = Array.from({ length: 100 }, (_, at) => at * day)
  const series = [{ key: 'iam', counts: starts.map(() => 1) }]
  const time = overTime.table({ every: '1d', zone: 'UTC', starts, end: 100 * day, series, undated: 0 }, look)
  const labels = drawn(overTime, time).match(/>00:00</g) ?? []
  expect(labels.length).toBeGreaterThanOrEqual(4)
  expect(labels.length).toBeLessThanOrEqual(12)
})

it('a click leads to the events of the bar, the cell or the row it hit', () => {
  const table = hours.table({ cells: [{ weekday: 1, hour: 9, count: 4 }], undated: 0 }, look)
  const cell = { componentType: 'series', seriesType: 'heatmap', seriesIndex: 0, dataIndex: 33, value: [9, 1, 4] }
  expect(clickedRow(table, cell)?.clause).toEqual({ kind: 'hour', weekday: 1, hour: 9, zone: 'UTC' })
  expect(clickedRow(table, { ...cell, value: [10, 1, 0] })).toBeNull()
  expect(clickedRow(table, { componentType: 'yAxis', dataIndex: 1 })?.clause).toMatchObject({ kind: 'or' })

  const users = actors.table(groups('alice', 'bob'), look)
  const bar = { componentType: 'series', seriesType: 'bar', seriesIndex: 0, dataIndex: 1 }
  expect(clickedRow(users, bar)?.row.title).toBe('bob')
  expect(clickedRow(users, { ...bar, dataIndex: 7 })).toBeNull()
})
