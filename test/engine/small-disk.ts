import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A disk of twelve megabytes; null where none can be made, with the reason printed. */
export function smallDisk(folder: string): string | null {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    console.warn('A full disk is not tested: no small one can be mounted here, which takes root on Linux.')
    return null
  }
  onTestFinished(() => {
    execFileSync('umount', [disk])
  })
  return disk
}
