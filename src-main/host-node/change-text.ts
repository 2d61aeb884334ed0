import { ageText } from '../contract/age-text'
import type { Change, ChangeEntry } from '../contract/change'
import { table } from './table'

/** What changed, and on what that rests. */
export const changeText = (change: Change, screen: number | null): string =>
  `Change (${basisText(change)})\n${entriesText(change, screen)}`

/** A table of what differs. */
export function entriesText({ basis, entries, members }: Change, screen: number | null): string {
  const differing = entries.filter(({ same }) => !same)
  const rows = differing.map((entry) => [
    entry.path || 'value',
    side('before', entry, basis),
    side('after', entry, basis)
  ])
  const same = entries.filter((entry) => entry.same)
  const known =
    members && same.length ? `Also there, as far as known: ${same.map(({ after }) => String(after)).join(', ')}\n` : ''
  const lines = table([{ title: 'Path' }, { title: 'Before' }, { title: 'After' }], rows, screen)
  return `${differing.length ? lines : 'Nothing that can be compared differs.\n'}${known}`
}

/** Where before and after come from, in a few words. */
function basisText({ basis, origin, members }: Change): string {
  if (basis === 'logged') return 'logged'
  if (basis === 'after-only') return 'after only; before: not logged'
  const what = members ? 'rebuilt; who was there before the log began is not known' : 'rebuilt'
  if (!origin) return what
  const { _id, time, action, user, age } = origin
  const said = [
    `${action ?? 'an event'}${user ? ` by ${user}` : ''}`,
    time,
    age === undefined ? undefined : ageText(age)
  ]
  return `${what}; last told by ${_id}: ${said.filter((one) => one !== undefined).join(', ')}`
}

function side(which: 'before' | 'after', entry: ChangeEntry, basis: Change['basis']): string {
  if (!(which in entry)) return which === 'before' && (basis === 'after-only' || entry.unlogged) ? 'not logged' : '–'
  const written = JSON.stringify(entry[which])
  return entry.masked && written.includes('*') ? `${written} masked` : written
}
