import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CaseState } from '../../src-main/contract/case'
import type { ImportProgress } from '../../src-main/contract/import'
import type { Engine } from '../../src-main/contract/rpc'
import { createEngine } from '../../src-main/engine/engine'

/** A folder of the test's own, gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'spoor-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A real engine with its home in `folder`; what it tells of its imports is kept. */
export function engineIn(
  folder: string,
  onProgress: (progress: ImportProgress) => void = () => {},
  onCase: (state: CaseState | null) => void = () => {}
): Engine {
  const engine = createEngine({
    home: join(folder, 'home'),
    resources: resolve(import.meta.dirname, '../../resources'),
    version: 'test',
    events: { importProgress: onProgress, caseChanged: onCase, workChanged: () => {}, pullProgress: () => {} }
  })
  onTestFinished(() => engine.closeCase())
  return engine
}
