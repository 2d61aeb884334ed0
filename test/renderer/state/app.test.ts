import { describe, expect, it } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import { AppError } from '../../../src-main/contract/errors'
import { oneOf } from '../../../src-main/contract/filter'
import type { Host } from '../../../src-main/contract/host'
import type { ImportResult } from '../../../src-main/contract/import'
import type { Engine } from '../../../src-main/contract/rpc'
import { App } from '../../../src-renderer/state/app.svelte'
import { Preferences } from '../../../src-renderer/state/preferences.svelte'

const caseOf = (name: string, revision = 1) => ({ name, folder: `/cases/${name}.spoor`, revision }) as CaseState
const nothing: ImportResult = { evidence: [], refused: [], events: 0, seconds: 0 }

/** A window on an engine that notes what it is told and does what the test says. */
function windowOn(calls: Partial<Engine>, host: Partial<Host> = {}) {
  const told: string[] = []
  const engine = new Proxy({} as Engine, {
    get: (_, name: keyof Engine) => async (argument: never) => {
      told.push(name)
      if (calls[name]) return (calls[name] as (argument: never) => unknown)(argument)
      return name === 'recentCases' ? [] : null
    }
  })
  const app = new App(engine, { kind: 'browser', ...host } as Host, new Preferences(null, { current: true }))
  return { app, told }
}

describe('the window', () => {
  it('forgets filter and choice when another case is opened, not when the same one grows', async () => {
    const { app } = windowOn({})
    await app.caseChanged(caseOf('a'))
    app.selection.add(oneOf('user.name', 'alice'))
    app.selection.selectedId = 'b1946ac92492-1'
    await app.caseChanged(caseOf('a', 2))
    expect([app.selection.clauses.length, app.selection.selectedId]).toEqual([1, 'b1946ac92492-1'])
    await app.caseChanged(caseOf('b'))
    expect([app.selection.clauses.length, app.selection.selectedId, app.selection.canUndo]).toEqual([0, null, false])
  })

  it('makes a case for a log when none is open, named for it', async () => {
    const made: (string | undefined)[] = []
    const clean = { ...nothing, evidence: [{ balanced: true }], events: 1 } as unknown as ImportResult
    const { app } = windowOn({
      createCase: async ({ name }) => {
        made.push(name)
        return caseOf('audit')
      },
      importPaths: async () => clean,
      caseState: async () => caseOf('audit', 2)
    })
    await app.imports.paths(['/logs/audit.json.gz'])
    expect([made, app.case?.revision, app.importing]).toEqual([['audit'], 2, null])
  })

  it('puts that case away again when the log is refused, and says why', async () => {
    const message = 'photo.png is an image, not a log.'
    const { app, told } = windowOn({
      createCase: async () => caseOf('photo'),
      importPaths: async () => ({ ...nothing, refused: [{ path: '/x/photo.png', code: 'file_not_a_log', message }] })
    })
    await app.imports.paths(['/x/photo.png'])
    expect(app.case).toBe(null)
    expect(told).toContain('discardCase')
    expect(app.notices.all.map(({ kind, lines }) => [kind, lines])).toEqual([['failure', [message]]])
  })

  it('stops sending when canceled, without a word of failure', async () => {
    let fail: (error: Error) => void = () => {}
    const { app, told } = windowOn({}, { pathsOf: () => new Promise((_, reject) => (fail = reject)) })
    const importing = app.imports.files([{ name: 'a.json', size: 10 }])
    await app.imports.cancel()
    fail(new AppError('canceled', 'a.json: canceled'))
    await importing
    expect([app.importing, app.notices.all, told]).toEqual([null, [], []])
  })

  it('shows a case that is being made once it is whole', async () => {
    const { app } = windowOn({
      openSample: async () => {
        app.caseChanged(caseOf('sample', 1))
        expect([app.case, app.busy]).toEqual([null, 'Opening the sample case'])
        return caseOf('sample', 9)
      }
    })
    await app.openSample()
    expect([app.case?.revision, app.busy]).toEqual([9, null])
  })

  it('opens its case again when the engine was started anew', async () => {
    const opened: string[] = []
    const { app } = windowOn({
      openCase: async (folder) => {
        opened.push(folder)
        return caseOf('a')
      }
    })
    await app.caseChanged(caseOf('a'))
    await app.connected('The engine stopped.')
    expect(app.lost).toBe('The engine stopped.')
    await app.connected(null)
    expect([opened, app.lost]).toEqual([['/cases/a.spoor'], null])
  })
})
