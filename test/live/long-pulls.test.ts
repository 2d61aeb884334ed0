import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { PullReport } from '../../src-main/contract/connect'
import { Connection } from './connection'
import { liveRealm, mayViewEvents, refusedClients } from './realm'
import { admin, logOf } from './server'

const size = { size: '2' }

/** Every event that the server has up to the end of a pull is in the case, and there once. */
async function holdsAll(connection: Connection, realm: string, { streams }: PullReport): Promise<void> {
  const until = Math.min(...streams.map((stream) => Date.parse(stream.until ?? '')))
  // Pulls sign in, which is an event; they do so again in their midst.
  const logged = (await logOf(realm)).filter(({ time }) => time <= until).map(({ id }) => id)
  const shown = (await connection.events()).map((event) => event['event.id'])
  expect({ shown: shown.length, lacking: lacking(logged, shown) }).toEqual({ shown: logged.length, lacking: [] })
  const kept = (await connection.records()).map(({ id }) => id)
  expect({ lacking: lacking(logged, kept), others: lacking(kept, logged) }).toEqual({ lacking: [], others: [] })
  expect((await connection.run('verify', '--case', connection.folder)).code).toBe(0)
}

const lacking = (wanted: readonly unknown[], has: readonly unknown[]): readonly unknown[] => {
  const all = new Set(has)
  return wanted.filter((one) => !all.has(one))
}

/** A pull that is held in its midst while something is done, and then goes well; its books. */
async function held(connection: Connection, act: () => Promise<unknown>): Promise<PullReport> {
  const { child, done } = connection.startPull()
  await expect.poll(() => connection.requests(), { timeout: 60_000 }).toBeGreaterThan(50)
  child.kill('SIGSTOP')
  await act()
  child.kill('SIGCONT')
  const { code, out, err } = await done
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

/** How often somebody signed in, by the realm's own log. */
const signIns = async (realm: string, type: string) =>
  (await logOf(realm)).filter((event) => event.type === type && event.clientId === 'spoor').length

describe('a pull of many pages from a real Keycloak', () => {
  it('goes on when its token ends in its midst', async () => {
    const { name: realm } = await liveRealm({ accessTokenLifespan: 7 })
    await refusedClients(realm, 600)
    const connection = await Connection.add(realm, size)
    const { streams } = await held(connection, () => pause(8000))
    expect(streams[0]).toMatchObject({ complete: true, missing: [] })
    expect(await signIns(realm, 'CLIENT_LOGIN')).toBeGreaterThan(1)
    await holdsAll(connection, realm, await connection.pull())
  })

  it('signs in anew when the session it was given is ended', async () => {
    const { name: realm } = await liveRealm()
    await refusedClients(realm, 600)
    const user = await admin('POST', `/${realm}/users`, {
      username: 'auditor',
      email: 'auditor@acme.example',
      firstName: 'An',
      lastName: 'Auditor',
      enabled: true,
      credentials: [{ type: 'password', value: 'pass-of-auditor', temporary: false }]
    })
    await mayViewEvents(realm, user)
    const settings = { ...size, grant: 'password', user: 'auditor' }
    const connection = await Connection.add(realm, settings, { SPOOR_KEYCLOAK_PASSWORD: 'pass-of-auditor' })
    await held(connection, () => admin('POST', `/${realm}/users/${user}/logout`))
    expect(await signIns(realm, 'LOGIN')).toBe(2)
    await holdsAll(connection, realm, await connection.pull())
  })

  it('misses and doubles nothing while new events come, nor when it is pulled again', async () => {
    const { name: realm } = await liveRealm()
    await refusedClients(realm, 200)
    const before = (await logOf(realm)).map(({ id }) => id)
    const connection = await Connection.add(realm, size)
    const { done } = connection.startPull()
    const arriving = { still: true }
    const arrive = (async () => {
      while (arriving.still) {
        await refusedClients(realm, 4)
        await pause(200)
      }
    })()
    const { code, err } = await done
    arriving.still = false
    await arrive
    expect(code, err).toBe(0)
    const shown = (await connection.events()).map((event) => event['event.id'])
    expect(new Set(shown).size).toBe(shown.length)
    expect(lacking(before, shown)).toEqual([])
    await holdsAll(connection, realm, await connection.pull())
    const again = await connection.pull()
    expect(again.streams.map(({ missing }) => missing)).toEqual([[], []])
    await holdsAll(connection, realm, again)
  })

  it('goes on after kill -9 where it was', async () => {
    const { name: realm } = await liveRealm()
    await refusedClients(realm, 600)
    const connection = await Connection.add(realm, size)
    const { child, done } = connection.startPull()
    await expect.poll(() => connection.requests(), { timeout: 60_000 }).toBeGreaterThan(60)
    child.kill('SIGKILL')
    expect((await done).code).toBeNull()
    const made = connection.requests()
    const report = await connection.pull('--resume')
    expect(report.streams[0]).toMatchObject({ complete: true, missing: [] })
    expect(report.requests).toBeGreaterThan(made)
    expect(connection.pulls()).toHaveLength(1)
    await holdsAll(connection, realm, await connection.pull())
  })

  it('follows what happens, until it is told to end', async () => {
    const { name: realm } = await liveRealm()
    const connection = await Connection.add(realm)
    const { child, done } = connection.startPull('--follow', '1')
    for (let time = 0; time < 3; time++) {
      const made = connection.requests()
      await admin('POST', `/${realm}/roles`, { name: `role-${time}` })
      await expect.poll(() => connection.requests(), { timeout: 60_000 }).toBeGreaterThan(made + 4)
    }
    child.kill('SIGINT')
    const report = JSON.parse((await done).out)
    // Between two questions all has come; in the midst of one the stretch at hand has not.
    expect(['complete', 'canceled']).toContain(report.state)
    await holdsAll(connection, realm, report)
  })
})
