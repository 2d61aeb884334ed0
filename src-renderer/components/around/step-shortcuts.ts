import { tracks } from '../../../src-main/contract/track'
import type { App } from '../../state/app.svelte'
import type { Shortcut } from '../../state/keys.svelte'
import type { ClockUnit } from './clock-unit'
import { type EventSteps, trackTitles } from './event-steps.svelte'

/** Each unit of the clock with the keys back and on, as in lnav. */
export const clockKeys: readonly (readonly [ClockUnit, back: string, on: string])[] = [
  ['minute', '7', '8'],
  ['ten minutes', '5', '6'],
  ['hour', '3', '4'],
  ['day', '1', '2']
]

/** The steps from the event shown, by keys and in the command palette. */
export function stepShortcuts(app: App, steps: EventSteps): readonly Shortcut[] {
  const open = () => app.page === 'explore' && app.selection.selectedId !== null
  const step = (title: string, keys: readonly string[], run: () => unknown, when = open): Shortcut => ({
    scope: 'Steps',
    title,
    keys,
    when,
    run: () => void run()
  })
  const along = (forward: boolean) => steps.along && steps.step(steps.along.track, forward)
  const follows = () => open() && steps.along !== undefined
  return [
    step('Next event of what is followed', ['.'], () => along(true), follows),
    step('Previous event of what is followed', [','], () => along(false), follows),
    step('Follow something else: user, session, request, target, address', [';'], () => steps.followNext(), follows),
    ...tracks.flatMap((track) => {
      const on = () => open() && steps.tracks.some((each) => each.track === track)
      return [
        step(`Next event ${trackTitles[track].of}`, [], () => steps.step(track, true), on),
        step(`Previous event ${trackTitles[track].of}`, [], () => steps.step(track, false), on)
      ]
    }),
    step('Next failure', ['e'], () => steps.stepToFailure(true)),
    step('Previous failure', ['shift+e'], () => steps.stepToFailure(false)),
    ...clockKeys.flatMap(([unit, back, on]) => [
      step(`Next ${unit}`, [on], () => steps.stepInTime(unit, true)),
      step(`Previous ${unit}`, [back], () => steps.stepInTime(unit, false))
    ])
  ]
}
