import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Engine, EngineEvents } from '../contract/rpc'
import { createEngine } from '../engine/engine'
import { homeFolder } from '../engine/home'
import { resources, version } from './installation'

const silent: EngineEvents = { importProgress: () => {}, caseChanged: () => {} }

/** An engine in this process. */
export const startEngine = (events: EngineEvents = silent): Engine =>
  createEngine({ home: homeFolder(), resources, version, events })

/** Does something with a case that is there already, and closes it whatever comes. */
export async function withCase<T>(folder: string, use: (engine: Engine) => Promise<T>, events = silent): Promise<T> {
  const engine = startEngine(events)
  await engine.openCase(resolve(folder))
  try {
    return await use(engine)
  } finally {
    await engine.closeCase()
  }
}

/** Opens the case in a folder, or makes it there. */
export async function openOrCreate(engine: Engine, folder: string): Promise<{ made: boolean }> {
  const path = resolve(folder)
  const made = !existsSync(join(path, 'case.duckdb'))
  await (made ? engine.createCase({ folder: path }) : engine.openCase(path))
  return { made }
}
