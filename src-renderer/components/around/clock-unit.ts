import { clockIn, instantIn } from '../../../src-main/contract/instant'
import { offsetAt } from '../../state/zone'

/** Units of the clock that are stepped by. */
export type ClockUnit = 'minute' | 'ten minutes' | 'hour' | 'day'

const widths = { minute: 60_000, 'ten minutes': 600_000, hour: 3_600_000 } as const

/** The minute, hour, day, … that clocks of the zone show at a moment: from inclusive, to exclusive, epoch milliseconds. */
export function unitAround(moment: number, unit: ClockUnit, zone: string): { from: number; to: number } {
  if (unit === 'day') {
    const [year, month, day] = clockIn(zone, moment)
    return { from: instantIn(zone, year, month, day), to: instantIn(zone, year, month, day + 1) }
  }
  const width = widths[unit]
  const wall = moment + offsetAt(moment, zone) * 60_000
  const from = moment - (((wall % width) + width) % width)
  return { from, to: from + width }
}
