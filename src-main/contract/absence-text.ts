import type { Absence, Kept } from './absence'

/** How a time is written: on the clock of the analyst's zone. */
type Show = (time: string) => string

const count = (value: number): string => value.toLocaleString('en-US')
const days = (value: number): string => `${count(value)} ${value === 1 ? 'day' : 'days'}`

/** Why a source says nothing, in sentences. */
export function absenceText(absence: Absence, show: Show): string {
  switch (absence.kind) {
    case 'before':
      return [`Nothing before ${show(absence.first)}: outside this evidence.`, keptText(absence.kept, show)]
        .filter(Boolean)
        .join(' ')
    case 'after':
      return afterText(absence, show)
    case 'silent':
      return `Silent from ${show(absence.silence.from)} to ${show(absence.silence.to)}, though about ${count(absence.silence.expected)} events are usual in such a stretch.`
    case 'undated':
      return 'None of its events has a time.'
    case 'coming':
      return `${absence.name} is still being imported: whether it holds events of that time is known when all of it is in.`
  }
}

function afterText({ last, written, though }: Extract<Absence, { kind: 'after' }>, show: Show): string {
  if (written === null) return `Nothing after ${show(last)}: outside this evidence.`
  return though
    ? `Nothing after ${show(last)}, though its file was written ${show(written)}: nothing was logged then, or it was left out.`
    : `Nothing after ${show(last)}: its file was last written ${show(written)}.`
}

/** What the product's retention says of where its evidence begins; empty where nothing is known. */
export function keptText(kept: Kept | null, show: Show): string {
  if (!kept) return ''
  const limit = kept.plans.find(({ plan }) => plan === kept.limit)
  const written = show(kept.written)
  if (limit)
    return `That is the ${days(limit.days)} the product keeps (${limit.plan}), counted back from when the file was written, ${written}: what came before was gone.`
  const plans = kept.plans.map(({ plan, days: kept, back }) => `${days(kept)} (${plan}) back to ${show(back)}`)
  const listed = plans.length > 1 ? `${plans.slice(0, -1).join(', ')} or ${plans.at(-1)}` : (plans[0] ?? '')
  if (kept.more) return `Written ${written}, it could hold ${listed}: there may be more to export.`
  return `The product keeps ${listed}, counted from when the file was written, ${written}.`
}
