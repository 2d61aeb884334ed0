interface Stretch {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A stretch of time as it is asked for. One without a beginning means all before its end, which has to be said where something is held: since last time otherwise. */
export const stretchAsked = ({ from, to }: Stretch, isHeld: boolean) => {
  const since = from ?? (isHeld ? new Date(0).toISOString() : undefined)
  return { ...(since === undefined ? {} : { since }), ...(to === undefined ? {} : { until: to }) }
}
