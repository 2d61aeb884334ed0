import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A folder for a new case among the others that is not taken: `name.spoor`, `name 2.spoor`, … */
export async function freeFolder(cases: string, name: string): Promise<string> {
  const clean = basename(name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()).slice(0, 80) || 'Case'
  await mkdir(cases, { recursive: true })
  for (let number = 1; ; number++) {
    const folder = join(cases, number === 1 ? `${clean}.spoor` : `${clean} ${number}.spoor`)
    if (!existsSync(folder)) return folder
  }
}
