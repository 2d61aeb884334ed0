import { authentikDaily } from './authentik-daily.mjs'
import { authentikIncident } from './authentik-incident.mjs'
import { random } from './random.mjs'
import { ascending } from './shifts.mjs'
import { to } from './time.mjs'

const size = 100
const bare = ({ time, ...event }) => event

/**
 * The events list of the API, page by page, newest first. Seven events arrived while the second page was fetched, so seven of the
 * first stand on the second again; and two on the sixth had their retention extended before the seventh was fetched.
 */
export function authentik() {
  const dice = random('authentik')
  const cut = Date.UTC(2026, 9, 16)
  const newest = ascending(
    [...authentikDaily(dice), ...authentikIncident(dice)].filter(({ time }) => time < to)
  ).reverse()
  const listed = newest.filter(({ time }) => time >= cut)
  listed.splice(size, 0, ...listed.slice(size - 7, size))
  const kept = listed.slice(size * 6 - 2, size * 6)
  listed.splice(size * 6, 0, ...kept.map((event) => ({ ...event, expires: event.expires.replace('2027-', '2028-') })))
  const pages = Math.ceil(listed.length / size)
  const files = {}
  for (let page = 1; page <= pages; page++) {
    const results = listed.slice((page - 1) * size, page * size).map(bare)
    const start = (page - 1) * size + 1
    files[`authentik/events-page-${String(page).padStart(2, '0')}.json`] = JSON.stringify({
      pagination: {
        next: page < pages ? page + 1 : 0,
        previous: page - 1,
        count: listed.length,
        current: page,
        total_pages: pages,
        start_index: start,
        end_index: start + results.length - 1
      },
      results,
      autocomplete: {}
    })
  }
  files['authentik/events_6b1f0c2e-8d43-4a7e-9c55-0e2b7d91a4f3.csv'] = csv(newest.filter(({ time }) => time < cut))
  return files
}

/** The export that authentik Enterprise writes: dict cells in Python's spelling, lines that end with CRLF. */
function csv(events) {
  const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const rows = events.map(({ pk, user, action, app, context, client_ip, created, expires, brand }) =>
    [
      pk,
      action,
      app,
      python(context),
      client_ip ?? '',
      created,
      expires,
      python(brand),
      String(user.pk ?? ''),
      user.username ?? '',
      user.email ?? ''
    ]
      .map(cell)
      .join(',')
  )
  return `${['Event uuid,Action,App,Context,Client ip,Created,Expires,Brand,User pk,Username,Email', ...rows].join('\r\n')}\r\n`
}

function python(value) {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, inner]) => `${python(key)}: ${python(inner)}`)
      .join(', ')}}`
  if (typeof value === 'number') return String(value)
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}
