import type { App } from './app.svelte'
import type { Shortcut } from './keys.svelte'

/** What can be pulled, and what is to become of the pulls under way, whatever page is looked at. */
export function pullKeys({ connecting, pulls }: App): readonly Shortcut[] {
  const command = (title: string, run: () => unknown): Shortcut => ({
    scope: 'Pulls',
    keys: [],
    title,
    run: () => void run()
  })
  const { phases } = pulls
  const idle = connecting.known.filter(
    ({ id, fault }) =>
      fault === undefined && id !== connecting.at && !phases.some(({ connection }) => connection === id)
  )
  return [
    ...phases.flatMap(({ pull, name, state }) => [
      state === 'paused'
        ? command(`Go on pulling ${name}`, () => pulls.resume(pull, name))
        : command(`Pause the pull of ${name}`, () => pulls.pause(pull)),
      command(`End the pull of ${name}`, () => pulls.cancel(pull))
    ]),
    ...idle.map(({ id, name, listens }) =>
      command(listens ? `Listen with ${name}` : `Pull ${name} since last time`, () =>
        pulls.start({ connection: id }, name)
      )
    )
  ]
}
