import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/** Where measurements keep what they read and write. */
export const data = join(root, 'bench-data')
mkdirSync(data, { recursive: true })

/** Runs a program to its end: seconds on the wall, and the most memory it held where the system tells. */
export function run(command, args) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SPOOR_HOME: join(data, 'home') }
    })
    let output = ''
    let peak = 0
    child.stdout.on('data', (text) => {
      output += text
    })
    const watching = setInterval(() => {
      peak = Math.max(peak, memoryOf(child.pid))
    }, 50)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearInterval(watching)
      if (code) reject(new Error(`${command} ${args.join(' ')}: exit ${code}`))
      else resolve({ seconds: (performance.now() - started) / 1000, peak, output })
    })
  })
}

/** The high water mark of a process and the one it started (the command line starts itself anew to set the thread pool), in MB. */
function memoryOf(pid) {
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
    const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean)
    return Math.max(own / 1000, ...children.map(memoryOf))
  } catch {
    return 0
  }
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
