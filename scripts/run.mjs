import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** Runs a program in the project's folder and gives its exit code. */
export function run(program, args, { env = {}, stdio = 'inherit', timeout = 0 } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio, timeout })
    child.on('error', () => done(127))
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** Runs a script of an installed package with this very Node, so that no shell and no PATH is in between. */
export const runScript = (path, args, options) =>
  run(process.execPath, [join(root, 'node_modules', path), ...args], options)
