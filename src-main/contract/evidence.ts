import type { Times } from './source'

/** The books of one evidence file: records = events + undated + unreadable + blank. */
export interface LedgerLine {
  /** A file that names ids instead of telling events: then records = names + unreadable + blank. */
  readonly kind?: 'directory'
  /** Of a directory: records that gave a name. */
  readonly names?: number
  readonly path: string
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** Source ids, joined with a comma where a file holds several. */
  readonly source: string
  readonly records: number
  readonly events: number
  readonly undated: number
  readonly unreadable: number
  readonly blank: number
  /** Of the events and undated: same id and same content as one already there. Kept, not shown twice. */
  readonly duplicates: number
  /** Same id, different content. Both shown. */
  readonly conflicts: number
  /** Of the events: requests whose response is in the case and tells more. Kept, not shown. */
  readonly paired?: number
  readonly balanced: boolean
  readonly seconds: number
  readonly importedAt: string
  readonly modifiedAt: string
  /** What a guess rested on, for a file no source recognised: "time ← ts, user.name ← who". */
  readonly guessed?: string
  /** Where times leave something open: the zone that those without one were read in, the order of dates, and whether the analyst said so. */
  readonly times?: Times & { readonly asked?: true }
  /** The keys that lead to the list of its records, where a connector brought it and knew. */
  readonly list?: readonly string[]
  readonly notes: readonly string[]
  /** When it was last read once more, and as which sources it was read before. */
  readonly again?: { readonly at: string; readonly before: string }
  /**
   * The archive it is a member of, which is the evidence that is kept. `member` is its number among all entries from 0; where it lies in
   * an archive within the archive, the number of that one comes before.
   */
  readonly archive?: {
    readonly name: string
    readonly sha256: string
    readonly bytes: number
    readonly member: readonly number[]
  }
  /** These very bytes were in the case already, so nothing was added: the line is the one of then. */
  readonly already?: true
}

/** `name`: of a directory, a record that gives one. */
export type RecordStatus = 'event' | 'undated' | 'unreadable' | 'blank' | 'name'

export interface RecordRow {
  readonly _id: string
  readonly status: RecordStatus
  readonly place: Place
  readonly text: string
  /** Why it is no event. */
  readonly why?: string
}

/** Where a record stands in its evidence. Lines from 1, bytes from 0 of the decompressed file. */
export interface Place {
  readonly evidence: string
  readonly name: string
  readonly record: number
  readonly line: number
  readonly offset: number
  readonly length: number
}

export interface VerifyResult {
  readonly clean: boolean
  readonly checks: readonly { readonly what: string; readonly clean: boolean; readonly found: string }[]
  readonly seconds: number
}

/** Which bytes of an evidence file: from an offset, or from the beginning of a line. */
export interface EvidenceWindow {
  readonly evidence: string
  readonly at: { readonly offset: number } | { readonly line: number }
  readonly length: number
}

export interface EvidenceBytes {
  readonly name: string
  readonly sha256: string
  /** In base64. Fewer than asked for only at the end of the file. */
  readonly bytes: string
  /** Of the first byte, from 0. Beyond the end it is the end. */
  readonly offset: number
  /** The line the first byte stands in, from 1, and whether that line begins with it. */
  readonly line: number
  readonly lineBegins: boolean
  /** How long the file is; null while only a part of a compressed one has been looked at. */
  readonly total: number | null
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  /** What the evidence is compressed with: the bytes are those inside. */
  readonly compression?: string
}
