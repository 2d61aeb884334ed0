import { bytes, counted, duration, percent } from './format'
import type { Importing } from './importing'

/** How an import is going, in the parts its strip shows. */
export interface ImportText {
  readonly title: string
  readonly facts: readonly string[]
  /** 0 to 1; null where it cannot be told. */
  readonly share: number | null
}

const name = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

export function importText(importing: Importing): ImportText {
  const { bytes: read, totalBytes } = importing
  const share = totalBytes > 0 ? Math.min(1, read / totalBytes) : null
  const amount = share === null ? [] : [`${bytes(read)} of ${bytes(totalBytes)}`, percent(read, totalBytes)]
  if (importing.phase === 'sending') return { title: `Reading ${importing.name}`, facts: amount, share }
  const { path, file, files, phase, records, bytesPerSecond, source } = importing
  const of = files > 1 ? ` (file ${file} of ${files})` : ''
  switch (phase) {
    case 'recognising':
      return { title: `Recognising ${name(path)}${of}`, facts: [], share: null }
    case 'importing': {
      const left =
        bytesPerSecond > 0 && totalBytes > read
          ? [`${duration(1000 * Math.ceil((totalBytes - read) / bytesPerSecond))} left`]
          : []
      const rate = bytesPerSecond > 0 ? [`${bytes(bytesPerSecond)}/s`, ...left] : []
      const so = records > 0 ? [counted(records, 'record')] : []
      return {
        title: `Importing ${name(path)}${of}`,
        facts: [...(source ? [source] : []), ...amount, ...so, ...rate],
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
