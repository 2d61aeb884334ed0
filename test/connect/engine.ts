import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { PullProgress } from '../../src-main/contract/connect'
import type { Engine } from '../../src-main/contract/rpc'
import { createEngine } from '../../src-main/engine/engine'
import { temporaryFolder } from '../engine/folder'

export interface Connected {
  readonly engine: Engine
  readonly folder: string
  readonly home: string
  readonly progress: PullProgress[]
}

/** A real engine with an open vault and a case, which goes when the test is over. */
export async function connectedEngine(onProgress: (progress: PullProgress) => void = () => {}): Promise<Connected> {
  const root = await temporaryFolder()
  const progress: PullProgress[] = []
  const home = join(root, 'home')
  const engine = createEngine({
    home,
    resources: resolve(import.meta.dirname, '../../resources'),
    version: 'test',
    events: {
      importProgress() {},
      caseChanged() {},
      workChanged() {},
      pullProgress: (one) => {
        progress.push(one)
        onProgress(one)
      }
    }
  })
  onTestFinished(() => engine.closeCase())
  await engine.unlockVault('correct horse battery staple')
  const folder = join(root, 'case.spoor')
  await engine.createCase({ folder })
  return { engine, folder, home, progress }
}

/** How many events the case shows. */
export const shown = async (engine: Engine): Promise<number> => (await engine.caseState())?.events ?? -1
