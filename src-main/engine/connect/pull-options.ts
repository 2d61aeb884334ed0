import type { PullProgress, PullRequest } from '../../contract/connect'
import type { CallerOptions } from './caller'
import type { Connected } from './connected'
import type { PartLimits } from './journal'
import type { BeginLine, DoneLine, JournalLine, PartLine } from './journal-lines'

export interface PullOptions {
  readonly connected: Connected
  /** Where its evidence grows. */
  readonly folder: string
  /** Where the case has what was imported of it. */
  readonly evidence?: string
  readonly begin: Omit<BeginLine, 'asked'>
  readonly request: Omit<PullRequest, 'connection'>
  /** Comes to its end once all that was asked for is there, though it was asked to follow. */
  readonly settles?: boolean
  /** How many events are asked for at once, where the connection says. */
  readonly size?: number
  /** Up to where earlier pulls of this connection came. */
  readonly reached: (stream: string) => Pick<DoneLine, 'reached' | 'cursor'> | undefined
  readonly now: () => number
  readonly progress: (progress: Omit<PullProgress, 'imported'>) => void
  /** A part is whole and can be imported. */
  readonly partEnded: (part: PartLine) => void
  /** Whether the parts before are in: into a case of many events each takes its time, however few it brings. */
  readonly isIdle?: () => boolean
  /** Requests that were made, for the chain of custody; answered when they stand in it. */
  readonly told: (lines: readonly JournalLine[]) => Promise<void>
  readonly limits?: PartLimits
  readonly pause?: CallerOptions['pause']
}

/** `keycloak-events-20261121-081500-0001.json`: whose, what, when. */
export const partName = (
  { id, connection }: Pick<BeginLine, 'id' | 'connection'>,
  stream: string,
  number: string
): string => `${connection}-${stream}${id.slice(connection.length)}-${number}.json`
