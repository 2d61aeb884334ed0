import { minuteTime } from '../../state/format'

/** A stretch of time in words; open ends are the beginning and the end. */
export const stretchText = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string
): string =>
  `${from === undefined ? 'the beginning' : minuteTime(from, zone)} – ${to === undefined ? 'the end' : minuteTime(to, zone)}`
