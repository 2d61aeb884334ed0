import { describe, expect, it } from 'vitest'
import { caseOf, changesIn, eventAt, months } from './case'

const ada = {
  id: '5f1c2d3e-4a5b-4c6d-8e7f-900000000001',
  username: 'ada',
  firstName: 'Ada',
  lastName: 'Byron',
  email: 'ada@example.com',
  emailVerified: true,
  enabled: true,
  attributes: { locale: ['en'] }
}
const april = {
  ...ada,
  email: 'ada@evil.example',
  emailVerified: false,
  attributes: { locale: ['en'], phone: ['+49 30 1'] }
}
const may = { ...april, emailVerified: true, attributes: { locale: ['en'] } }
const all = Object.keys(ada)
const roles = (...names: string[]) => ({ roles: names })

const orders: readonly (readonly number[])[] = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [2, 0, 3, 1],
  [1, 3, 0, 2]
]

describe('changes of a log that has only new states', () => {
  it.each(orders)(
    'are rebuilt from what the case knows, the files imported in the order %i %i %i %i',
    async (...order) => {
      const { engine } = await caseOf(order.map((at) => months[at] as string))
      const found = await changesIn(engine)
      const told = found.map(({ time, action, basis, fields }) => [time, action, basis, fields])
      expect(told).toEqual([
        ['03-01 08:00', 'user.update', 'after-only', null],
        ['03-01 09:00', 'client.update', 'after-only', null],
        ['03-02 10:00', 'realm_role_mapping.create', 'rebuilt', ['roles']],
        ['03-03 11:00', 'user.action', 'after-only', null],
        ['04-01 08:00', 'user.update', 'rebuilt', ['email', 'emailVerified', 'attributes']],
        ['04-02 09:00', 'client.update', 'rebuilt', ['redirectUris']],
        ['04-02 09:30', 'client.update', 'after-only', null],
        ['04-03 10:00', 'realm_role_mapping.create', 'rebuilt', ['roles']],
        ['04-03 10:05', 'group_membership.create', 'rebuilt', ['groups']],
        ['05-01 08:00', 'user.update', 'rebuilt', ['emailVerified', 'attributes']],
        ['05-01 08:00', 'user.update', 'rebuilt', ['enabled']],
        ['05-02 09:00', 'client.update', 'rebuilt', []],
        ['05-03 10:00', 'realm_role_mapping.delete', 'rebuilt', ['roles']],
        ['05-03 10:05', 'group_membership.delete', 'rebuilt', ['groups']],
        ['05-04 08:00', 'user.delete', 'rebuilt', all],
        ['05-05 08:00', 'user.create', 'rebuilt', all],
        ['06-01 08:00', 'user.update', 'rebuilt', ['enabled']],
        ['06-02 10:00', 'realm_role_mapping.create', 'rebuilt', ['roles']]
      ])
      const users = found.filter(({ action }) => action.startsWith('user.') && action !== 'user.action')
      expect(users.map(({ before, after }) => [before, after])).toEqual([
        [null, ada],
        [ada, april],
        [april, may],
        [may, { ...may, enabled: false }],
        [{ ...may, enabled: false }, null],
        [null, { ...ada, username: 'ada2' }],
        [
          { ...ada, username: 'ada2' },
          { ...ada, username: 'ada2', enabled: false }
        ]
      ])
      const sets = found.filter(({ action }) => /mapping|membership/.test(action))
      expect(sets.map(({ before, after }) => [before, after])).toEqual([
        [roles(), roles('viewer')],
        [roles('viewer'), roles('admin', 'viewer')],
        [{ groups: [] }, { groups: ['/staff'] }],
        // Nobody saw offline_access granted: it was before the log began.
        [roles('offline_access', 'viewer'), roles()],
        [{ groups: ['/admins'] }, { groups: [] }],
        [roles(), roles('auditor')]
      ])
    }
  )

  it('say from which event the state before comes, and how old it was', async () => {
    const { engine } = await caseOf(months)
    const shown = await engine.show(await eventAt(engine, '04-01 08:00', 'user.update'))
    expect(shown.change).toEqual({
      basis: 'rebuilt',
      origin: {
        _id: await eventAt(engine, '03-01 08:00', 'user.update'),
        time: '2026-03-01T08:00:00.000Z',
        action: 'user.update',
        user: 'a0000000-0000-4000-8000-00000000000a',
        age: 31 * 86_400_000
      },
      entries: [
        ...['id', 'username', 'firstName', 'lastName'].map((path) => {
          const value = ada[path as 'id']
          return { path, before: value, after: value, same: true }
        }),
        { path: 'email', before: 'ada@example.com', after: 'ada@evil.example' },
        { path: 'emailVerified', before: true, after: false },
        { path: 'enabled', before: true, after: true, same: true },
        { path: 'attributes.locale[]', before: 'en', after: 'en', same: true },
        { path: 'attributes.phone[]', after: '+49 30 1' }
      ]
    })
    expect(shown.event['change.basis']).toBe('rebuilt')
    expect(shown.provenance['change.before']?.sql).toBe(`rebuilt from ${shown.change?.origin?._id}`)
    // What was rebuilt is no difference between the case and its records.
    expect(shown.differing).toEqual([])
  })

  it('never compare masked values, and take a list of plain values for a set', async () => {
    const { engine } = await caseOf(months)
    const { change } = await engine.show(await eventAt(engine, '05-02 09:00', 'client.update'))
    expect(change?.entries.filter(({ same }) => !same)).toEqual([
      { path: 'secret', before: '********', after: '**********', masked: true }
    ])
  })

  it('pass over what failed: it changed nothing', async () => {
    const { engine } = await caseOf(months)
    const failed = await engine.show(await eventAt(engine, '04-02 09:30', 'client.update'))
    expect(failed.change?.basis).toBe('after-only')
    const next = await engine.show(await eventAt(engine, '05-02 09:00', 'client.update'))
    expect(next.change?.origin?._id).toBe(await eventAt(engine, '04-02 09:00', 'client.update'))
  })

  it('show roles and groups as the set known so far, with who came and who left', async () => {
    const { engine } = await caseOf(months)
    const { change, event } = await engine.show(await eventAt(engine, '05-03 10:00', 'realm_role_mapping.delete'))
    expect(change).toMatchObject({ basis: 'rebuilt', members: true, origin: { action: 'realm_role_mapping.create' } })
    expect(change?.entries).toEqual([
      { path: 'roles[]', before: 'admin', after: 'admin', same: true },
      { path: 'roles[]', before: 'offline_access' },
      { path: 'roles[]', before: 'viewer' }
    ])
    expect(event['change.after']).toEqual({ roles: [] })
  })

  it('end with a deletion, of which the last state known is the one before', async () => {
    const { engine } = await caseOf(months)
    const { change, event } = await engine.show(await eventAt(engine, '05-04 08:00', 'user.delete'))
    expect(change?.entries.every((entry) => 'before' in entry && !('after' in entry))).toBe(true)
    expect(Object.keys(event)).not.toContain('change.after')
    const created = await engine.show(await eventAt(engine, '05-05 08:00', 'user.create'))
    expect(created.change).toMatchObject({ basis: 'rebuilt', origin: { action: 'user.delete', age: 86_400_000 } })
    expect(created.change?.entries.every((entry) => 'after' in entry && !('before' in entry))).toBe(true)
  })
})
