import { describe, expect, it, onTestFinished } from 'vitest'
import { unkey, unkeyLogs, type Workspace } from '../servers/unkey'
import { connectedEngine, shown } from './engine'

const rootKey = 'unkey_root_key_nobody_may_see'

async function pulling(workspace: Workspace, key = rootKey) {
  const server = await unkey(workspace)
  onTestFinished(() => server.close())
  const made = await connectedEngine()
  await made.engine.saveConnection({
    name: 'Unkey',
    connector: 'unkey',
    settings: { base: server.url },
    secrets: { key }
  })
  return { ...made, server }
}

describe('a pull from Unkey', () => {
  it('follows the cursor to the end', async () => {
    const { engine, server } = await pulling({ rootKey, logs: unkeyLogs(1234) })
    const report = await engine.pull({ connection: 'unkey' })
    expect(report.fault).toBeUndefined()
    expect(report.streams).toMatchObject([{ stream: 'events', events: 1234, repeated: 0, complete: true }])
    expect(server.requests).toHaveLength(3)
    expect(await shown(engine)).toBe(1234)
  })

  it('explains that the call is not there for every workspace', async () => {
    const { engine } = await pulling({ rootKey, logs: [], lacks: true })
    const { state, fault } = await engine.pull({ connection: 'unkey' })
    expect(state).toBe('failed')
    expect(fault).toContain('This Unkey has no audit.getLogs (404).')
    expect(fault).toContain('export the audit log from the dashboard')
  })

  it('names the permission that the root key lacks', async () => {
    const { engine } = await pulling({ rootKey, logs: [], permissions: ['api.*.read_api'] })
    const { ok, steps } = await engine.testConnection('unkey')
    expect(ok).toBe(false)
    expect(steps.find(({ state }) => state === 'failed')?.sentence).toContain(
      'lacks the permission audit.*.read_audit_log'
    )
  })

  it('says that the root key is the wrong one', async () => {
    const { engine } = await pulling({ rootKey, logs: [] }, 'another-root-key')
    const { steps } = await engine.testConnection('unkey')
    expect(steps.find(({ state }) => state === 'failed')).toEqual({
      what: 'sign-in',
      state: 'failed',
      sentence:
        'Unkey does not accept the root key (401). It was deleted, or another one was given. It says: “The provided root key is invalid.”'
    })
  })
})
