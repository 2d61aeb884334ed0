import type { Field } from '../../contract/event'
import type { Mapping, Read, Source } from '../../contract/source'
import { changeIn } from './guess-change'
import { namesOf, type Seen, seenPaths } from './guess-paths'
import { assign, type Candidate } from './guess-score'
import { kinds, vocabulary } from './guess-values'
import { categories, outcomeWords, severities, skycloakCategories, types, userTypes } from './guess-words'

/** A definition for records that no source recognises, made from the names and values of their fields, and what it rests on. */
export function guessSource(documents: readonly unknown[], read: Read, name: string): { source: Source; said: string } {
  const seen = [...seenPaths(documents).values()]
  const chosen = assign(seen, Math.min(documents.length, 500))
  const rules: Rule[] = [...chosen.map(rule), ...sameAccount(chosen)]
  const taken = (field: Field) => rules.some((one) => one.field === field)
  const skycloak = isSkycloak(seen, name)
  for (const one of worded(seen, skycloak)) if (!taken(one.field)) rules.push(one)
  const change = changeIn(seen)
  const source: Source = {
    id: skycloak ? 'skycloak.workspace' : idFrom(name),
    title: skycloak ? 'Skycloak workspace audit log (guessed)' : `Guessed from ${name}`,
    read,
    recognise: { all: [surest(rules, seen)] },
    event: Object.fromEntries(rules.map(({ field, mapping }) => [field, mapping])),
    ...(change ? { change } : {}),
    ...(taken('event.action') ? { categories, types } : {}),
    samples: []
  }
  const told = rules.map(({ field, path, unit }) => `${field} ← ${path}${unit ? ` (${unit})` : ''}`)
  if (change) told.push(`change ← ${'diff' in change ? change.diff : `${change.before}, ${change.after}`}`)
  if (!taken('@timestamp')) told.push('no time was found, so the events are undated')
  return { source, said: `${skycloak ? 'the columns are those Skycloak documents: ' : ''}${told.join(', ')}` }
}

interface Rule {
  readonly field: Field
  readonly mapping: Mapping
  readonly path: string
  readonly unit?: string
}

function rule({ role: { field }, seen, as }: Candidate): Rule {
  if (as && as !== 'time')
    return { field, mapping: { from: seen.path, as }, path: seen.path, unit: as.replace('_', ' ') }
  if (field === 'event.outcome' && vocabulary(seen).some((word) => Object.hasOwn(outcomeWords, word)))
    return spelled(seen)
  const sql = seen.dashes && field !== '@timestamp' ? columnOf(seen) : undefined
  return { field, mapping: sql ? { sql: `nullif(${sql}, '-')` } : seen.path, path: seen.path }
}

/** An outcome in words that not every log has: those seen, by our table, and the others as they are. */
function spelled(seen: Seen): Rule {
  const sql = columnOf(seen)
  if (!sql) return { field: 'event.outcome', mapping: seen.path, path: seen.path }
  const said = vocabulary(seen).flatMap((word) => {
    const outcome = Object.hasOwn(outcomeWords, word) ? outcomeWords[word] : undefined
    return outcome ? [`WHEN '${word}' THEN '${outcome}'`] : []
  })
  const mapping = { sql: `CASE lower(${sql}) ${said.join(' ')} ELSE ${sql} END` }
  return { field: 'event.outcome', mapping, path: seen.path }
}

/** An account may be named by its e-mail address alone: then the one path says name and address. */
function sameAccount(chosen: readonly Candidate[]): Rule[] {
  const of = (field: Field) => chosen.find(({ role }) => role.field === field)?.seen
  const [name, email, id] = [of('user.name'), of('user.email'), of('user.id')]
  const address = email ?? [name, id].find((seen) => seen && kinds.email(seen))
  const rules: Rule[] = []
  if (!name && address) rules.push({ field: 'user.name', mapping: address.path, path: address.path })
  if (!email && address) rules.push({ field: 'user.email', mapping: address.path, path: address.path })
  return rules
}

/** A path as SQL on the record; undefined where a key holds a quote, which such SQL cannot name. */
function columnOf({ steps }: Seen): string | undefined {
  if (steps.some((step) => typeof step === 'string' && step.includes("'"))) return undefined
  const keys = steps.map((step) => (typeof step === 'number' ? String(step) : `'${step}'`))
  const last = keys.pop()
  return `record${keys.map((key) => `->${key}`).join('')}->>${last}`
}

const perUnit: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, sec: 1e9, seconds: 1e9 }

/** Fields whose values are read by a table of words, a unit or a part of the text. */
function worded(paths: readonly Seen[], skycloak: boolean): Rule[] {
  return paths.flatMap((seen): Rule[] => {
    const sql = columnOf(seen)
    if (!sql || !seen.values.length) return []
    const names = namesOf(seen)
    const named = (...known: string[]) => names.some((name) => known.includes(name))
    const said = (field: Field, mapping: string): Rule => ({ field, mapping: { sql: mapping }, path: seen.path })
    const table = (field: Field, words: Readonly<Record<string, string | number>>) =>
      vocabulary(seen).every((word) => Object.hasOwn(words, word)) ? [said(field, caseSql(sql, words))] : []
    if (named('usertype', 'actortype', 'principaltype')) return table('user.type', userTypes)
    if (named('severity', 'eventseverity', 'severitylevel', 'risklevel')) return table('event.severity', severities)
    if (named('category', 'eventcategory')) return table('event.category', skycloak ? skycloakCategories : ours)
    if (named('request', 'requestline') && kinds.requestLine(seen)) {
      return [
        said('http.request.method', `nullif(regexp_extract(${sql}, '^([A-Z]+) ', 1), '')`),
        said('url.path', `nullif(regexp_extract(${sql}, '^[A-Z]+ ([^ ?]+)', 1), '')`)
      ]
    }
    const unit = /^(?:duration|elapsed|latency|responsetime|took)(ns|us|ms|s|sec|seconds)$/.exec(names[0] ?? '')?.[1]
    if (!unit || !kinds.number(seen)) return []
    return [said('event.duration', `TRY_CAST(${sql} AS DOUBLE) * ${perUnit[unit]}`)]
  })
}

const ours = Object.fromEntries([...new Set(Object.values(categories))].map((category) => [category, category]))

function caseSql(sql: string, words: Readonly<Record<string, string | number>>): string {
  const quoted = (value: string | number) => (typeof value === 'number' ? String(value) : `'${value}'`)
  const branches = Object.entries(words).map(([word, value]) => `WHEN '${word}' THEN ${quoted(value)}`)
  return `CASE lower(${sql}) ${branches.join(' ')} END`
}

// What the product's page says an entry holds; the names of the columns are not published.
const skycloakColumns = [
  ['eventtype', 'action', 'event', 'type'],
  ['severity'],
  ['useremail', 'email'],
  ['ipaddress', 'userip', 'ip'],
  ['useragent'],
  ['resourcetype'],
  ['resourceid'],
  ['httpmethod', 'method', 'requestmethod'],
  ['statuscode', 'httpstatus', 'status', 'responsestatus'],
  ['durationms', 'duration', 'requestduration']
]

function isSkycloak(paths: readonly Seen[], name: string): boolean {
  const names = new Set(paths.flatMap(namesOf))
  const found = skycloakColumns.filter((spellings) => spellings.some((one) => names.has(one))).length
  return found === skycloakColumns.length || (/skycloak/i.test(name) && found >= 5)
}

function idFrom(name: string): string {
  const bare = name.toLowerCase().replace(/(\.(json|jsonl|ndjson|csv|tsv|log|txt|gz|zst|zip))+$/, '')
  const words = bare.split(/[^a-z]+/).filter((word) => word !== '')
  return ['guessed', words.join('-')].filter((part) => part !== '').join('.')
}

/** The mapped path that most records have: what the definition knows them by. */
function surest(rules: readonly Rule[], paths: readonly Seen[]): string {
  const scalar = paths.filter(({ values }) => values.every((value) => typeof value !== 'object'))
  const mapped = scalar.filter(({ path }) => rules.some((one) => one.path === path))
  const most = (list: readonly Seen[]) =>
    list.reduce<Seen | undefined>((a, b) => (a && a.values.length >= b.values.length ? a : b), undefined)
  return (most(mapped) ?? most(scalar) ?? paths[0])?.path ?? 'record'
}
