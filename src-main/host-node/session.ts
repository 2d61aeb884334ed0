import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../contract/errors'
import type { Engine, EngineEvents } from '../contract/rpc'
import { createEngine } from '../engine/engine'
import { homeFolder } from '../engine/home'
import { resources, version } from './installation'

const silent: EngineEvents = {
  importProgress: () => {},
  caseChanged: () => {},
  workChanged: () => {},
  pullProgress: () => {}
}

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

/** Opens the case in a folder, or makes it there. `undo` takes away what was made, for when nothing came into it. */
export async function openOrCreate(engine: Engine, folder: string): Promise<{ undo(): Promise<void> }> {
  const path = resolve(folder)
  if (existsSync(join(path, 'case.duckdb'))) {
    await engine.openCase(path)
    return { undo: async () => {} }
  }
  const existed = existsSync(path)
  if (existed && !isEmptyFolder(path)) {
    const sentence = `${folder} is no case and holds other files. Name a new folder, an empty one or a case.`
    throw new AppError('case_exists', sentence, { file: folder })
  }
  await engine.createCase({ folder: path })
  return {
    undo: async () => {
      await engine.forgetCase(path)
      await rm(path, { recursive: true, force: true })
      if (existed) await mkdir(path)
    }
  }
}

const isEmptyFolder = (path: string): boolean => statSync(path).isDirectory() && readdirSync(path).length === 0
