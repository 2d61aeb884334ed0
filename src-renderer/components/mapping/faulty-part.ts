import type { SourceFault } from '../../../src-main/contract/source-preview'
import type { FormValue } from './source-form'

/** The element of the form at which a fault is found: the row, or the part around it. */
export function faultyPart(root: HTMLElement, { at }: SourceFault, value: FormValue): Element | null {
  const steps: (string | number)[] = ['root']
  let here: unknown = value
  for (const name of at) {
    if (Array.isArray(here)) {
      // A row is known by what stands in its first column.
      const row = here.findIndex((one) => Object.values(one)[0] === name)
      if (row < 0) break
      steps.push(row)
      here = here[row]
    } else {
      if (typeof here !== 'object' || here === null || !(name in here)) break
      steps.push(name)
      here = (here as Record<string, unknown>)[name]
    }
  }
  const path = steps.join('.')
  return steps.length > 1 ? root.querySelector(`[data-schemapath="${CSS.escape(path)}"]`) : null
}
