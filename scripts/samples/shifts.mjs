import { office, people } from './people.mjs'
import { random } from './random.mjs'
import { days, from, isWorkday, to, wallClock } from './time.mjs'

const away = {
  'soren.kjaer': [from + 7 * 86_400_000, from + 12 * 86_400_000],
  'priya.raman': [from, from + 2 * 86_400_000]
}

/**
 * Who worked when and from which address: the one calendar that all products draw from, so that a person is in one place at a time.
 * Mara's account is locked from the containment on the fifth of November until she has a new key.
 */
export const shifts = (() => {
  const dice = random('shifts')
  const list = []
  for (const midnight of days) {
    for (const person of people) {
      const [goes, returns] = away[person.username] ?? [0, 0]
      const works = isWorkday(midnight) ? !dice.chance(0.06) : person.role.startsWith('support') && dice.chance(0.35)
      const start = wallClock(midnight, dice.int(7 * 60 + 40, 9 * 60 + 35), person.zone)
      const end = start + dice.int(430, 560) * 60_000
      const address = dice.chance(person.atOffice) ? office : dice.pick(person.homes)
      if (!works || (midnight >= goes && midnight < returns) || end > to || start < from) continue
      if (person.username === 'mara.lindqvist' && midnight === Date.UTC(2026, 10, 5)) continue
      list.push({ person, start, end, address, agent: person.agent })
    }
  }
  return list
})()

/** A moment inside a shift, seldom exactly at its start. */
export const moment = (shift, dice) => shift.start + Math.floor(dice.number() * (shift.end - shift.start))

/** Newest first, as most products list them; ascending as log files are. */
export const ascending = (events) => [...events].sort((a, b) => a.time - b.time)
