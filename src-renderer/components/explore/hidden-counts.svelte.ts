import type { App } from '../../state/app.svelte'
import { newTicket } from '../../state/ticket'
import type { Part } from './hidden-by'

/** A part of the filter without which there would be events, and how many. */
export type HidingPart = Part & { readonly count: number }

/** Which single parts of the filter hide events: the case is counted without each of them. */
export class HiddenCounts {
  /** null while that is being counted. */
  by = $state.raw<readonly HidingPart[] | null>(null)

  /** `parts`: null while it is not known yet that there are no events. */
  constructor({ engine }: Pick<App, 'engine'>, parts: () => readonly Part[] | null) {
    $effect(() => {
      const asked = (parts() ?? []).map((part) => ({ part, ticket: newTicket() }))
      let outdated = false
      const counts = asked.map(async ({ part, ticket }) => {
        const answer = await engine.ask({ select: 'count', filter: part.without }, ticket).catch(() => null)
        return { ...part, count: answer && 'count' in answer ? answer.count : 0 }
      })
      void Promise.all(counts).then((found) => {
        if (!outdated) this.by = found.filter(({ count }) => count > 0)
      })
      return () => {
        outdated = true
        for (const { ticket } of asked) engine.cancel(ticket).catch(() => {})
      }
    })
  }
}
