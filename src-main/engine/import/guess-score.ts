import type { Conversion } from '../../contract/source'
import { farEnd, type Role, roles } from './guess-names'
import { keysOf, namesOf, type Seen } from './guess-paths'
import { kinds, timeForm } from './guess-values'

export interface Candidate {
  readonly role: Role
  readonly seen: Seen
  readonly score: number
  readonly as?: Conversion
}

// Keys that only wrap: what stands below them is the record's own.
const wrapping =
  /^(result|event|events|data|record|log|payload|protopayload|properties|attributes|details|detail|body|audit|context|source|fields|info|request|http|message|entry|extra|json)$/
// Below these stands who acted.
const actors =
  /^(user|actor|principal|identity|account|subject|initiator|initiatedby|auth|author|useridentity|authenticationinfo)$/
// Below these stands what was acted upon or how it was, not who acted.
const notTheActor = /^(target|object|resource|affected|entity|old|new|before|after|previous|changes?|diff|item)/
const notWhen = /(expir|until|birth|due|next|valid|updated|modified|lastlogin)/

/** How well a path's name says a field: 0 not at all. */
function nameScore(role: Role, seen: Seen): number {
  const variants = namesOf(seen)
  const keys = keysOf(seen)
  const acting = /^user\.(?!target)/.test(role.field)
  const scores = variants.map((variant, index) => {
    const rank = role.names.indexOf(variant)
    if (rank < 0) return 0
    const around = keys.slice(0, keys.length - 1 - index)
    if (around.some((key) => notTheActor.test(key) || farEnd.test(key))) return 0
    const foreign = around.some((key) => !wrapping.test(key) && !(acting && actors.test(key)))
    // A short name such as `id` or `type` says nothing of whose it is.
    if (foreign && index === 0 && variant.length < 8) return 0
    return Math.max(30, 100 - rank * 1.5) - (foreign ? 25 : 0) - around.length * 2
  })
  return Math.max(0, ...scores)
}

function byValue(role: Role, seen: Seen): number {
  if (!role.byValue) return 0
  const names = namesOf(seen)
  const away = { '@timestamp': notWhen, 'user.email': notTheActor }[role.field as string] ?? farEnd
  return [...names, ...keysOf(seen)].some((name) => away.test(name)) ? 0 : 15
}

function candidate(role: Role, seen: Seen, documents: number): Candidate | undefined {
  const named = nameScore(role, seen)
  const score = (named || byValue(role, seen)) * (0.4 + (0.6 * seen.values.length) / documents)
  if (!score || !seen.values.length) return undefined
  if (role.kind !== 'time') return kinds[role.kind](seen, named > 0) ? { role, seen, score } : undefined
  const as = timeForm(seen, named > 0)
  return as && { role, seen, score, as }
}

/** For each field the path that says it best; no path is given to two. */
export function assign(paths: Iterable<Seen>, documents: number): Candidate[] {
  const all = [...paths]
    .flatMap((seen) => roles.map((role) => candidate(role, seen, documents)))
    .filter((one) => one !== undefined)
  const chosen: Candidate[] = []
  for (const one of all.sort((a, b) => b.score - a.score)) {
    if (chosen.some(({ role, seen }) => role.field === one.role.field || seen === one.seen)) continue
    chosen.push(one)
  }
  return chosen.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
}
