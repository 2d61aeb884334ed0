import type { Look } from '../../src-renderer/charts/draw/chart'

/** A look whose colours say what they mean. */
export const look: Look = {
  colours: {
    text: 'white',
    dim: 'grey',
    faint: 'dimgrey',
    mark: 'slategrey',
    empty: 'dimgrey',
    line: 'darkgrey',
    ground: 'black',
    raised: 'black',
    accent: 'orange',
    success: 'green',
    failure: 'red'
  },
  font: 'sans-serif',
  zone: 'UTC',
  named: (_, value) => ({ title: String(value) }),
  category: (value) => `colour of ${value}`,
  count: (value) => value.toLocaleString('en-US'),
  percent: (part, whole) => `${Math.round((100 * part) / whole)}%`,
  moment: (ms) => new Date(ms).toISOString(),
  tick: (ms) => new Date(ms).toISOString().slice(11, 16),
  width: (every) => `1 bar = ${every}`
}
