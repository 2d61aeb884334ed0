import type { Source } from '../../contract/source'
import { isOf } from './entries'

/** How much a definition asks of a record: one that fits two goes to the one that asks for more. */
export const demands = ({ recognise }: Pick<Source, 'recognise'>): number =>
  recognise.all.length + Object.keys(recognise.equals ?? {}).length + (recognise.any ? 0.5 : 0)

/**
 * Definitions between which nothing decides: some record fits all of them and none that asks for more, and each fits as many of the
 * records as the other. Empty where one is clearly the better for every record.
 */
export function rivals(sources: readonly Source[], documents: readonly unknown[]): readonly Source[] {
  const fits = sources.map((source) => ({ source, of: new Set(documents.filter((one) => isOf(source, one))) }))
  for (const document of documents) {
    const fitting = fits.filter(({ of }) => of.has(document))
    const most = Math.max(...fitting.map(({ source }) => demands(source)))
    const demanding = fitting.filter(({ source }) => demands(source) === most)
    const hits = Math.max(...demanding.map(({ of }) => of.size))
    const best = demanding.filter(({ of }) => of.size === hits)
    if (best.length > 1) return best.map(({ source }) => source)
  }
  return []
}
