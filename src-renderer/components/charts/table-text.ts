import type { Table } from '../../charts/draw/chart'

/** The numbers of a chart as tab-separated lines, for a spreadsheet: plain figures, nothing grouped or rounded. */
export function tableText({ head, columns, rows }: Table): string {
  const lines = [
    [head, ...columns.map(({ title }) => title)],
    ...rows.map(({ title, cells }) => [title, ...cells.map(({ count }) => String(count))])
  ]
  return lines.map((line) => line.map((text) => text.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

/** A chart in one sentence, for who cannot see it: what it answers, and its largest numbers. */
export function tableSentence(about: string, { rows, total }: Table, count: (value: number) => string): string {
  const sums = rows
    .map(({ title, cells }) => ({ title, sum: cells.reduce((sum, cell) => sum + cell.count, 0) }))
    .sort((a, b) => b.sum - a.sum)
  const most = sums.slice(0, 3).filter(({ sum }) => sum > 0)
  const parts = most.map(({ title, sum }) => `${title} ${count(sum)}`).join(', ')
  return `${about} ${count(total)} events${parts ? `; most: ${parts}` : ''}. The table view has all numbers.`
}
