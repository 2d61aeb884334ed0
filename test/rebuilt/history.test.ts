import { describe, expect, it } from 'vitest'
import { caseOf, eventAt, months } from './case'

describe('the history of an object', () => {
  it('has all its states in order, whichever file or form they come from, and the event asked for among them', async () => {
    const { engine } = await caseOf(months.toReversed())
    const history = await engine.objectHistory(await eventAt(engine, '05-04 08:00', 'user.delete'))
    expect(
      history.states.map(({ time, action, tells, basis, fields }) => [time, action, tells, basis, fields.length])
    ).toEqual([
      ['2026-03-01T08:00:00.000Z', 'user.update', 'whole', 'after-only', 0],
      ['2026-04-01T08:00:00.000Z', 'user.update', 'whole', 'rebuilt', 3],
      ['2026-05-01T08:00:00.000Z', 'user.update', 'whole', 'rebuilt', 2],
      ['2026-05-01T08:00:00.000Z', 'user.update', 'whole', 'rebuilt', 1],
      ['2026-05-04T08:00:00.000Z', 'user.delete', 'gone', 'rebuilt', 8],
      ['2026-05-05T08:00:00.000Z', 'user.create', 'whole', 'rebuilt', 8],
      ['2026-06-01T08:00:00.000Z', 'user.update', 'whole', 'rebuilt', 1]
    ])
    expect(history.at).toBe(4)
    expect(history.object).toEqual({
      type: 'USER',
      id: '5f1c2d3e-4a5b-4c6d-8e7f-900000000001',
      name: 'ada2',
      organization: 'shop'
    })
    const found = await engine.ask({ select: 'count', filter: history.filter as NonNullable<typeof history.filter> })
    // The mail that was sent to the user tells no state, but is about the user.
    expect(found).toMatchObject({ count: 8 })
  })

  it('is found from an event about the object that tells no state of it', async () => {
    const { engine } = await caseOf(months)
    const history = await engine.objectHistory(await eventAt(engine, '03-03 11:00', 'user.action'))
    expect([history.states.length, history.at]).toEqual([7, -1])
  })

  it('has failed attempts, which changed nothing', async () => {
    const { engine } = await caseOf(months)
    const history = await engine.objectHistory(await eventAt(engine, '03-01 09:00', 'client.update'))
    expect(history.states.map(({ tells, outcome }) => [tells, outcome])).toEqual([
      ['whole', 'success'],
      ['whole', 'success'],
      ['failed', 'failure'],
      ['whole', 'success']
    ])
  })

  it('compares any two states, either way', async () => {
    const { engine } = await caseOf(months)
    const [first, last] = [
      await eventAt(engine, '03-01 08:00', 'user.update'),
      await eventAt(engine, '06-01 08:00', 'user.update')
    ]
    const differing = async (from: string, to: string) =>
      (await engine.compareStates(from, to)).entries.filter(({ same }) => !same)
    expect(await differing(first, last)).toEqual([
      { path: 'username', before: 'ada', after: 'ada2' },
      { path: 'enabled', before: true, after: false }
    ])
    expect(await differing(last, first)).toEqual([
      { path: 'username', before: 'ada2', after: 'ada' },
      { path: 'enabled', before: false, after: true }
    ])
    expect(await differing(first, first)).toEqual([])
  })

  it('compares sets as far as they are known: who leaves was there before', async () => {
    const { engine } = await caseOf(months)
    const first = await eventAt(engine, '03-02 10:00', 'realm_role_mapping.create')
    const last = await eventAt(engine, '06-02 10:00', 'realm_role_mapping.create')
    const change = await engine.compareStates(first, last)
    expect(change).toMatchObject({ members: true })
    expect(change.entries).toEqual([
      { path: 'roles[]', before: 'offline_access' },
      { path: 'roles[]', before: 'viewer' },
      { path: 'roles[]', after: 'admin' },
      { path: 'roles[]', after: 'auditor' }
    ])
    const { object } = await engine.objectHistory(first)
    expect(object).toMatchObject({
      type: 'REALM_ROLE_MAPPING',
      id: 'users/5f1c2d3e-4a5b-4c6d-8e7f-900000000001/role-mappings/realm'
    })
  })

  it('does not compare states of two objects', async () => {
    const { engine } = await caseOf(months)
    const [user, client] = [
      await eventAt(engine, '03-01 08:00', 'user.update'),
      await eventAt(engine, '03-01 09:00', 'client.update')
    ]
    await expect(engine.compareStates(user, client)).rejects.toMatchObject({ code: 'usage' })
  })

  it('is empty for an event about nothing that has states', async () => {
    const { engine } = await caseOf([])
    await engine.openSample()
    const { rows } = await engine.sql(`SELECT _id FROM event WHERE "event.dataset" = 'aws.cloudtrail' LIMIT 1`, 1)
    expect(await engine.objectHistory(String(rows[0]?.[0]))).toEqual({ object: {}, states: [], at: -1 })
  })

  it('is had of a log that has both states, too', async () => {
    const { engine } = await caseOf([])
    await engine.openSample()
    const { rows } = await engine.sql(
      `SELECT _id FROM event WHERE "change.basis" = 'logged' AND "event.dataset" = 'authentik' AND "event.action" = 'model_updated' LIMIT 1`,
      1
    )
    const history = await engine.objectHistory(String(rows[0]?.[0]))
    expect(history.at).toBeGreaterThanOrEqual(0)
    expect(history.states[history.at]).toMatchObject({ tells: 'partial', basis: 'logged' })
  })
})
