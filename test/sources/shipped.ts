import { join } from 'node:path'
import { loadSources } from '../../src-main/engine/normalise/sources'

export const shipped = join(import.meta.dirname, '../../resources/sources')
export const shippedSources = () => loadSources([shipped])
