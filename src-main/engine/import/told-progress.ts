import type { ImportProgress } from '../../contract/import'

const progressEvery = 100

/** Progress at most ten times a second, and whenever the file or the phase changes. */
export function toldProgress(tell: (at: ImportProgress) => void): {
  progress: (at: ImportProgress) => void
  last: () => ImportProgress
} {
  let last: ImportProgress = {
    path: '',
    file: 0,
    files: 0,
    phase: 'recognising',
    bytes: 0,
    totalBytes: 0,
    records: 0,
    bytesPerSecond: 0
  }
  let told = 0
  const progress = (at: ImportProgress) => {
    const now = performance.now()
    const news = at.phase !== last.phase || at.file !== last.file
    last = at
    if (!news && now - told < progressEvery) return
    told = now
    tell(at)
  }
  return { progress, last: () => last }
}
