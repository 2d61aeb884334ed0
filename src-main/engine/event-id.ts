import { AppError } from '../contract/errors'
import type { Case, Evidence } from './store/case'

/** The evidence and row that an id names: `<first twelve of the SHA-256>-<number of the record>`, a longer or shorter hash alike. */
export function rowOf(of: Case, id: string): { evidence: Evidence; row: number } {
  const [, hash, number] = /^([0-9a-f]{4,64})-(\d+)$/.exec(id) ?? []
  const evidence = hash === undefined ? undefined : of.named(hash)
  const record = Number(number)
  if (!evidence || record < 1 || record > evidence.records) {
    throw new AppError('record_missing', `There is no event ${id} in this case.`)
  }
  return { evidence, row: evidence.firstRow + record - 1 }
}

/** The id of the event in a row. */
export function eventIdOf(of: Case, row: number): string {
  const evidence = of.evidenceOf(row)
  if (!evidence) throw new Error(`no evidence holds row ${row}`)
  return `${evidence.sha256.slice(0, 12)}-${row - evidence.firstRow + 1}`
}
