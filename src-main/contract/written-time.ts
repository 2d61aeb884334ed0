import { clockIn, instantIn } from './instant'
import { type Period, periodOf } from './period'

/** Where and when a time is written: the zone whose clock it means, and what `now` is, in milliseconds since 1970. */
export interface Here {
  readonly zone: string
  readonly now: number
}

const relative = /^now(?:([+-])(\d{1,6})([smhdwMy]))?(?:\/([mhdwMy]))?$/
const dayWord = /^(?:today|yesterday|tomorrow)$/i
const thisWord = /^this[\s-]+(week|month|year)$/i
const epoch = /^\d{10}(?:\d{3}){0,2}$/

/** `2026-03-09`, `today`, `this week`, `now-7d`, `now/d`, an epoch in seconds, milliseconds or microseconds. */
export function writtenTime(text: string, here: Here): Period | undefined {
  const dated = periodOf(text, here.zone)
  if (dated) return dated
  if (dayWord.test(text)) return day(['yesterday', 'today', 'tomorrow'].indexOf(text.toLowerCase()) - 1, here)
  const [, of] = thisWord.exec(text) ?? []
  if (of) return whole(of[0]?.toLowerCase() === 'm' ? 'M' : (of[0]?.toLowerCase() ?? ''), here.now, here.zone)
  if (epoch.test(text)) return epochPeriod(text)
  const [found, sign, amount = '0', unit = 's', to] = relative.exec(text) ?? []
  if (found === undefined) return undefined
  const at = shifted(sign === '-' ? -Number(amount) : Number(amount), unit, here)
  if (!(at > earliest && at < latest)) return undefined
  return to === undefined ? { from: micros(at), to: micros(at + 1) } : whole(to, at, here.zone)
}

const micros = (milliseconds: number) => BigInt(milliseconds) * 1000n
// The years 1 to 9999.
const [earliest, latest] = [-62_135_596_800_000, 253_402_300_800_000]

const fixed: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

/** Hours are sixty minutes long; days, months and years are those of the calendar, at the same time on the clock. */
function shifted(amount: number, unit: string, { zone, now }: Here): number {
  const length = fixed[unit]
  if (length !== undefined) return now + amount * length
  const [year, month, date, ...time] = clockIn(zone, now)
  const days = unit === 'd' ? amount : unit === 'w' ? 7 * amount : 0
  const months = unit === 'M' ? amount : unit === 'y' ? 12 * amount : 0
  const lastDay = new Date(Date.UTC(2000 + ((year + Math.floor((month - 1 + months) / 12)) % 400), month + months, 0))
  const same = months === 0 ? date : Math.min(date, lastDay.getUTCDate())
  return instantIn(zone, year, month + months, same + days, ...time) + (now - Math.floor(now / 1000) * 1000)
}

function day(by: number, { zone, now }: Here): Period {
  const [year, month, date] = clockIn(zone, now)
  return period(instantIn(zone, year, month, date + by), instantIn(zone, year, month, date + by + 1))
}

const period = (from: number, to: number): Period => ({ from: micros(from), to: micros(to) })

/** The whole minute, hour, day, week, month or year around a moment, as clocks and calendars of the zone have it. */
function whole(unit: string, at: number, zone: string): Period {
  const [year, month, date, , minute, second] = clockIn(zone, at)
  switch (unit) {
    case 'y':
      return period(instantIn(zone, year, 1, 1), instantIn(zone, year + 1, 1, 1))
    case 'M':
      return period(instantIn(zone, year, month, 1), instantIn(zone, year, month + 1, 1))
    case 'w': {
      const monday = date - ((new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7)
      return period(instantIn(zone, year, month, monday), instantIn(zone, year, month, monday + 7))
    }
    case 'd':
      return period(instantIn(zone, year, month, date), instantIn(zone, year, month, date + 1))
    default: {
      // Counted back from the moment itself: an hour that clocks show twice is two.
      const into = second * 1000 + (at - Math.floor(at / 1000) * 1000)
      const start = at - into - (unit === 'h' ? minute * 60_000 : 0)
      return period(start, start + (unit === 'h' ? 3_600_000 : 60_000))
    }
  }
}

/** Ten digits are seconds, thirteen milliseconds, sixteen microseconds. */
function epochPeriod(digits: string): Period {
  const unit = 10n ** BigInt(16 - digits.length)
  const from = BigInt(digits) * unit
  return { from, to: from + unit }
}
