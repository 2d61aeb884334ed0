import type { Case } from '../store/case'

/** Undoes what an import left half done, whoever cancels meanwhile. */
export async function undo<T>(into: Case, work: () => Promise<T>): Promise<T> {
  into.undoing = true
  try {
    return await work()
  } finally {
    into.undoing = false
  }
}

/** Gives up what the import's transaction has added; there may be none. */
export const rollBack = (into: Case): Promise<unknown> => undo(into, () => into.writer.run('ROLLBACK').catch(() => {}))
