/** One line of CSV as RFC 4180 has it. */
export const csvLine = (cells: readonly unknown[]): string =>
  `${cells.map((cell) => quoted(asText(cell))).join(',')}\r\n`

/** A value as one cell: absent is empty, what is no plain value is JSON. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
