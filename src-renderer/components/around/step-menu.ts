import type { MenuItem } from '../../state/menu-item'
import type { EventSteps } from './event-steps.svelte'
import { clockKeys } from './step-shortcuts'

/** The steps through the search, back and on. */
export const stepMenu = (steps: EventSteps): readonly MenuItem[] => [
  { heading: 'In the search' },
  { title: 'Next failure', keys: 'e', run: () => void steps.stepToFailure(true) },
  { title: 'Previous failure', keys: 'shift+e', run: () => void steps.stepToFailure(false) },
  ...clockKeys.flatMap(([unit, back, on]): MenuItem[] => [
    'line',
    { title: `Next ${unit}`, keys: on, run: () => void steps.stepInTime(unit, true) },
    { title: `Previous ${unit}`, keys: back, run: () => void steps.stepInTime(unit, false) }
  ])
]
