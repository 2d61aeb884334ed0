import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/** Where measurements keep what they read and write. */
export const data = join(root, 'bench-data')
mkdirSync(data, { recursive: true })

/** Runs a program to its end: seconds on the wall and, where the system tells, of the processors, and the most memory it held. */
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
    let cpu = 0
    child.stdout.on('data', (text) => {
      output += text
    })
    const watching = setInterval(() => {
      peak = Math.max(peak, memoryOf(child.pid))
      cpu = Math.max(cpu, processorOf(child.pid))
    }, 50)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearInterval(watching)
      if (code) reject(new Error(`${command} ${args.join(' ')}: exit ${code}`))
      else resolve({ seconds: (performance.now() - started) / 1000, cpu, peak, output })
    })
  })
}

/** Seconds of the processors that a process, and those it started, have had so far. */
function processorOf(pid) {
  try {
    const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const ticks = rest
      .split(' ')
      .slice(11, 15)
      .reduce((sum, one) => sum + Number(one), 0)
    return ticks / 100 + childrenOf(pid).reduce((sum, child) => sum + processorOf(child), 0)
  } catch {
    return 0
  }
}

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)

/** The high water mark of a process and the one it started (the command line starts itself anew to set the thread pool), in MB. */
function memoryOf(pid) {
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    return Math.max(own / 1000, ...childrenOf(pid).map(memoryOf))
  } catch {
    return 0
  }
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
