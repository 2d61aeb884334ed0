import type { LedgerLine } from '../../contract/evidence'
import type { Sealing } from '../evidence/sealing'
import type { Case } from '../store/case'
import type { Sealed } from './reader'

/** A copy that was hashed, and what is known of it beside: a member of an archive has its own name and times. */
export interface SealedCopy extends Sealed {
  readonly copy: string
  readonly name?: string
  readonly modified?: string | null
  readonly notes?: readonly string[]
  readonly archive?: NonNullable<LedgerLine['archive']>
  /** Its number and first row, where other evidence went in within the same transaction. */
  readonly after?: EvidenceNumber
}

/** A copy that is still written and hashed while what stands in it is read. */
export interface SealingCopy extends Pick<SealedCopy, 'copy' | 'bytes' | 'name'> {
  readonly sealing: Sealing
  readonly sealed: Promise<Sealed>
}

/** The number of an evidence, and the row of its first record. */
export interface EvidenceNumber {
  readonly id: number
  readonly firstRow: number
}

/** The number that the next evidence gets, and its first row; not to be asked for within a transaction, which counts its rows differently. */
export async function next({ writer, evidence }: Case): Promise<EvidenceNumber> {
  const before = await writer.runAndReadAll('SELECT coalesce(max(rowid) + 1, 0)::DOUBLE FROM entry')
  return {
    id: evidence.reduce((most, one) => Math.max(most, one.id), 0) + 1,
    firstRow: before.getRows()[0]?.[0] as number
  }
}
