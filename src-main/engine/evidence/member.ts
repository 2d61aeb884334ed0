/** One file in an archive, in the archive's order. */
export interface Member {
  /** Its number among all entries, from 0: names may occur twice. */
  readonly index: number
  readonly name: string
  readonly modified: Date | null
  /** Bytes it has by its own account, unpacked and packed. */
  readonly bytes: number
  readonly packed: number | null
  /** Bytes of the archive that are read when it is. */
  readonly read: number
  /** Why it cannot be unpacked; nothing is to be had of it then. */
  readonly fault?: string
  /** Its bytes; to be read before the next member is asked for. Throws `Truncated` where it is cut off or damaged. */
  readonly content: () => AsyncIterable<Buffer>
}

/** An archive that cannot be read on from here, with the reason in words. */
export class ArchiveFault extends Error {}
