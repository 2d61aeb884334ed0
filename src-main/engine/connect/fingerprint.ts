import { createHash } from 'node:crypto'
import type { Settings } from '../../contract/connect'
import { networkSettings } from './network'

/** Tells settings apart that lead to other events: what was pulled with some says nothing of what there is with others. */
export function fingerprint(settings: Settings): string {
  const own = Object.entries(settings).filter(([name, value]) => !Object.hasOwn(networkSettings, name) && value !== '')
  const sorted = own.sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}
