import type { CaseState } from '../../src-main/contract/case'
import type { Engine } from '../../src-main/contract/rpc'

/** The engine at the far end, and the case it has open. */
export interface Connected {
  readonly engine: Engine
  readonly case: CaseState | null
}
