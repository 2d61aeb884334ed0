import { describe, expect, it } from 'vitest'
import { caseOf, changesIn, eventAt } from './case'

const claim = (name: string) => `Claims."http://wso2.org/claims/${name}"`

describe('changes of a log that has only what was set', () => {
  it('keep what a later record leaves out, and tell what was never logged from what was not there', async () => {
    const { engine } = await caseOf(['asgardeo-claims.json'])
    expect((await changesIn(engine)).map(({ time, action, basis, fields }) => [time, action, basis, fields])).toEqual([
      ['03-01 08:00', 'set-user-claim-values', 'after-only', null],
      // Of this claim nothing is known before, though of others some is.
      ['03-02 08:00', 'set-user-claim-value', 'after-only', null],
      ['03-03 08:00', 'update-users-of-role', 'after-only', null],
      ['03-12 08:00', 'set-user-claim-values', 'rebuilt', ['Claims']],
      ['03-13 08:00', 'delete-user', 'rebuilt', ['Claims']]
    ])
    const { change } = await engine.show(await eventAt(engine, '03-12 08:00', 'set-user-claim-values'))
    expect(change?.entries).toEqual([
      { path: claim('country'), before: 'DE', after: 'US' },
      { path: claim('lastname'), before: 'B***n', after: 'B***n', masked: true },
      { path: claim('mobile'), after: '+1', unlogged: true }
    ])
    expect(change?.origin).toMatchObject({ time: '2026-03-01T08:00:00.000Z', age: 11 * 86_400_000 })
  })

  it('lose nothing that was told of the object before it is deleted', async () => {
    const { engine } = await caseOf(['asgardeo-claims.json'])
    const { change } = await engine.show(await eventAt(engine, '03-13 08:00', 'delete-user'))
    expect(change?.entries).toEqual([
      { path: claim('country'), before: 'US' },
      { path: claim('lastname'), before: 'B***n', masked: true },
      { path: claim('identity/accountLocked'), before: 'true' },
      { path: claim('mobile'), before: '+1' }
    ])
  })
})
