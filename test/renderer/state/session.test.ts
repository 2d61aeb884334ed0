import { expect, it } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import type { Engine } from '../../../src-main/contract/rpc'
import { App } from '../../../src-renderer/state/app.svelte'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'

it('keeps how a case is looked at once, and again where that failed', async () => {
  const kept: unknown[] = []
  let fails = true
  const answers: Partial<Engine> = {
    keepSession: async (session) => {
      kept.push((session as { statement: string }).statement)
      if (fails) throw new Error('gone')
    }
  }
  const engine = new Proxy({} as Engine, { get: (_, name: keyof Engine) => answers[name] ?? (async () => null) })
  const app = new App(engine, { kind: 'browser' } as App['host'], new Preferences(null, { current: true }))
  await app.caseChanged({ folder: '/a.spoor', revision: 1 } as CaseState)
  await app.session.flush()
  expect(kept).toEqual([])
  app.sql.text = 'SELECT 1'
  await app.session.flush()
  fails = false
  await app.session.flush()
  await app.session.flush()
  expect(kept).toEqual(['SELECT 1', 'SELECT 1'])
})
