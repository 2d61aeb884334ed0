import { userInfo } from 'node:os'

/** Who sits at this machine, for the chain of custody. */
export function user(): string {
  try {
    return userInfo().username
  } catch {
    // A process without an entry in the user database, as in some containers.
    return 'unknown'
  }
}
