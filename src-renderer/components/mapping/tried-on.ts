import type { LedgerLine } from '../../../src-main/contract/evidence'
import type { PreviewRequest } from '../../../src-main/contract/source-preview'
import type { MappingTask } from '../../state/mapping.svelte'

export interface TriedOn {
  readonly title: string
  readonly on: PreviewRequest['on']
}

/** What a definition may be tried on: what it is written for first, then the evidence of the case, then its own samples. */
export function triedOn(task: MappingTask, evidence: readonly LedgerLine[]): readonly TriedOn[] {
  const own: TriedOn[] = task.on === 'samples' ? [] : [{ title: task.title, on: task.on }]
  const held = task.on !== 'samples' && 'evidence' in task.on ? task.on.evidence : undefined
  const others = evidence
    .filter(({ sha256 }) => sha256 !== held)
    .slice(0, 50)
    .map(({ name, sha256 }) => ({ title: name, on: { evidence: sha256 } }))
  return [...own, ...others, { title: 'its samples', on: 'samples' }]
}
