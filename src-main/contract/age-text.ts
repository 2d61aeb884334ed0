const units = [
  ['year', 365 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
  ['millisecond', 1]
] as const

/** How long before, to one unit, rounded down: `31 days before`, `at the same instant`. */
export function ageText(milliseconds: number): string {
  const unit = units.find(([, length]) => milliseconds >= length)
  if (!unit) return 'at the same instant'
  const [name, length] = unit
  const number = Math.floor(milliseconds / length)
  return `${number.toLocaleString('en')} ${name}${number === 1 ? '' : 's'} before`
}
