import type { CaseState } from '../../src-main/contract/case'
import { bytes, count, counted, duration, percent } from './format'
import type { Importing } from './importing'

/** How an import is going, in the parts its strip shows. */
export interface ImportText {
  readonly title: string
  readonly facts: readonly string[]
  /** 0 to 1; null where it cannot be told. */
  readonly share: number | null
}

const name = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

/** What does not hold yet of a file of which only a part has come. */
export const comingNote =
  'what has come so far can be explored. Duplicates are hidden, places of addresses looked up and earlier states rebuilt when all of it is in; a cancel takes it out again.'

export function importText(importing: Importing, coming?: CaseState['coming']): ImportText {
  const { bytes: read, totalBytes } = importing
  const share = totalBytes > 0 ? Math.min(1, read / totalBytes) : null
  const amount = share === null ? [] : [`${bytes(read)} of ${bytes(totalBytes)}`, percent(read, totalBytes)]
  if (importing.phase === 'sending') return { title: `Reading ${importing.name}`, facts: amount, share }
  const { path, file, files, phase, records, bytesPerSecond, source } = importing
  const of = files > 1 ? ` (file ${file} of ${files})` : ''
  switch (phase) {
    case 'recognising':
      // Of one file nothing is read yet; of many, those before it are in.
      return {
        title: `Recognising ${name(path)}${of}`,
        facts: files > 1 ? amount : [],
        share: files > 1 ? share : null
      }
    case 'importing': {
      const left =
        bytesPerSecond > 0 && totalBytes > read
          ? [`${duration(1000 * Math.ceil((totalBytes - read) / bytesPerSecond))} left`]
          : []
      const rate = bytesPerSecond > 0 ? [`${bytes(bytesPerSecond)}/s`, ...left] : []
      const here = coming ? [`${count(coming.events)} can be explored`] : []
      const so = records > 0 ? [counted(records, 'record'), ...here] : []
      return {
        title: `Importing ${name(path)}${of}`,
        facts: [...amount, ...so, ...rate, ...(source ? [source] : [])],
        share
      }
    }
    case 'places':
      return { title: 'Looking up where addresses are', facts: [counted(records, 'record')], share: null }
    case 'changes':
      return { title: 'Rebuilding what changed from earlier states', facts: [counted(records, 'record')], share: null }
    case 'done':
      return { title: `Finishing ${name(path)}${of}`, facts: [counted(records, 'record')], share: 1 }
  }
}
