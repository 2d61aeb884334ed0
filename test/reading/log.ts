import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Source, Times } from '../../src-main/contract/source'
import { Imports } from '../sources/imported'

const folder = mkdtempSync(join(tmpdir(), 'spoor-reading-'))
const open: Imports[] = []
afterAll(async () => {
  for (const imports of open) await imports.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A case of its own that knows these sources; gives a function that imports files with this content into it. */
export function caseKnowing(...sources: readonly Source[]) {
  const imports = new Imports(sources)
  open.push(imports)
  return (name: string, content: string | Buffer, source?: string, times?: Times) => {
    const file = join(mkdtempSync(join(folder, 'in-')), name)
    writeFileSync(file, content)
    return imports.file(file, source, times)
  }
}
