/** How many seconds are left until a moment, counting down; null when there is none, or it is past. */
export function secondsUntil(moment: () => string | undefined): { readonly seconds: number | null } {
  let now = $state(Date.now())
  $effect(() => {
    const until = moment()
    if (until === undefined) return undefined
    now = Date.now()
    const clock = setInterval(() => {
      now = Date.now()
      if (now >= Date.parse(until)) clearInterval(clock)
    }, 500)
    return () => clearInterval(clock)
  })
  const seconds = $derived.by(() => {
    const until = moment()
    const left = until === undefined ? 0 : Math.ceil((Date.parse(until) - now) / 1000)
    return left > 0 ? left : null
  })
  return {
    get seconds() {
      return seconds
    }
  }
}
