import type { CaseState, GeoInfo } from '../contract/case'
import { placedBy } from './normalise/places'
import { type OpenedCase, presence } from './opened-case'

/** What is in an open case, for whoever looks at it. */
export async function caseState(opened: OpenedCase, geo: GeoInfo): Promise<CaseState> {
  const { of } = opened
  const { coming } = of
  const counted = await opened.read((reader) =>
    reader.runAndReadAll(
      `SELECT count(*) FILTER (status = 'event')::DOUBLE, count(*) FILTER (status = 'undated')::DOUBLE, strftime(min("@timestamp"), '%Y-%m-%dT%H:%M:%S.%gZ'),
        strftime(max("@timestamp"), '%Y-%m-%dT%H:%M:%S.%gZ'), list_sort(list(DISTINCT "event.dataset")), count(*) FILTER (evidence = ${coming?.id ?? 0})::DOUBLE FROM entry WHERE shown`
    )
  )
  type Row = [
    dated: number,
    undated: number,
    first: string | null,
    last: string | null,
    sources: string[] | null,
    come: number
  ]
  const [dated, undated, first, last, sources, come] = counted.getRowsJS()[0] as Row
  // The places are from the database they were looked up in, whichever is in use by now.
  const placed = await opened.read((reader) => placedBy(reader))
  return {
    name: of.name,
    folder: of.folder,
    events: dated + undated,
    undated,
    unreadable: of.evidence.reduce((sum, { ledger }) => sum + ledger.unreadable, 0),
    evidence: of.evidence.length,
    names: of.evidence.reduce((sum, { ledger }) => sum + (ledger.names ?? 0), 0),
    sources: sources ?? [],
    ...(first === null ? {} : { first }),
    ...(last === null ? {} : { last }),
    ...(coming ? { coming: { name: coming.name, events: come } } : {}),
    revision: of.revision,
    geo: placed ?? geo,
    checked: presence(of)
  }
}
