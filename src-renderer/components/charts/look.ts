import { createSubscriber } from 'svelte/reactivity'
import type { AnyField, Value } from '../../../src-main/contract/event'
import type { Interval } from '../../../src-main/contract/query'
import type { Look } from '../../charts/draw/chart'
import { categoryColours, categoryMark, type Theme } from '../../state/categories'
import { count, minuteTime, percent, time } from '../../state/format'
import { tokenColour } from '../../state/theme'
import { clockAt } from '../../state/zone'
import { intervalTitles } from '../explore/histogram-shape'
import { cellText } from '../explore/visible-text'

/** The page takes its theme on at its own time; colours read before that are the old ones. */
const watchTheme = createSubscriber((changed) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
})

/** The theme on the page; read in a `$derived` it keeps up with it. */
export function shownTheme(): Theme {
  watchTheme()
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

/** How charts look on this page, in this zone; `called`: what directories call an id, empty where none does. */
export function lookOf(zone: string, called: (field: AnyField, value: Value) => string): Look {
  const theme = shownTheme()
  return {
    colours: {
      text: tokenColour('--text'),
      dim: tokenColour('--text-dim'),
      faint: tokenColour('--text-faint'),
      mark: tokenColour('--line-strong'),
      empty: tokenColour('--hover'),
      line: tokenColour('--line'),
      ground: tokenColour('--ground'),
      raised: tokenColour('--raised'),
      accent: tokenColour('--accent'),
      success: tokenColour('--success'),
      failure: tokenColour('--failure')
    },
    font: getComputedStyle(document.body).fontFamily,
    zone,
    named: (field, value) => {
      const [text, name] = [cellText(String(value)), cellText(called(field, value))]
      return name === '' ? { title: text } : { title: `${text} (${name})`, short: `(${name}) ${text}` }
    },
    category: (value) => categoryColours[theme][categoryMark(value)],
    count,
    percent,
    moment: (ms, every) => moment(ms, every, zone),
    tick: (ms, every) => tick(ms, every, zone),
    width: (every) => `1 bar = ${intervalTitles[every]}`
  }
}

function moment(ms: number, every: Interval, zone: string): string {
  const { date } = clockAt(ms, zone)
  if (every === '1y') return date.slice(0, 4)
  if (every === '1M') return date.slice(0, 7)
  if (every === '1d' || every === '1w') return date
  return every.endsWith('s') ? time(ms, zone) : minuteTime(ms, zone)
}

function tick(ms: number, every: Interval, zone: string): string {
  const { date, time } = clockAt(ms, zone)
  if (every === '1y' || every === '1M') return moment(ms, every, zone)
  if (every === '1d' || every === '1w' || time === '00:00:00') return date.slice(5)
  return every.endsWith('s') ? time : time.slice(0, 5)
}
