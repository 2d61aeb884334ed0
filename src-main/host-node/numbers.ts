/** A number in groups of three, never shortened. */
export const grouped = (value: number): string => value.toLocaleString('en-US')

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes to three digits, for progress. */
export function byteText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step]}`
}
