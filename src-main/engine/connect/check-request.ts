import type { PullRequest } from '../../contract/connect'
import { AppError } from '../../contract/errors'

/** Refuses what cannot be asked for: a time that is none, a beginning behind its end. */
export function checkRequest({ since, until, follow }: Omit<PullRequest, 'connection'>): void {
  for (const [name, time] of Object.entries({ since, until }))
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new AppError(
        'usage',
        `${name}: ${time} is no time. It is written like 2026-11-21T08:00:00Z, or 2026-11-21.`
      )
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    throw new AppError('usage', `The pull would begin (${since}) after its end (${until}).`)
  if (follow !== undefined && !(follow >= 1 && follow <= 86_400))
    throw new AppError('usage', 'To follow means to ask again every so many seconds: from 1 to 86400.')
}
