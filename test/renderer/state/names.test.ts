import { expect, it } from 'vitest'
import type { CaseState } from '../../../src-main/contract/case'
import type { IdAsked, NameOf } from '../../../src-main/contract/names'
import type { Engine } from '../../../src-main/contract/rpc'
import { Names } from '../../../src-renderer/state/names.svelte'

const soon = () => new Promise((done) => setTimeout(done, 1))
const nameOf = (id: string): NameOf => ({
  name: `name of ${id}`,
  kind: 'user',
  file: 'a.csv',
  evidence: 'f'.repeat(64),
  record: 1
})

/** A case whose directory has a name for every id. */
function directory() {
  const asked: string[] = []
  const engine = {
    namesOf: async (ids: readonly IdAsked[]) => {
      asked.push(...ids.map(({ id }) => id))
      return ids.map(({ id }) => [nameOf(id)])
    }
  } as unknown as Engine
  const app = { engine, case: { folder: '/a.spoor', revision: 1, names: 1 } as unknown as CaseState | null }
  return { app, names: new Names(app), asked }
}

it('an id is asked about once while it is in sight, and its old name stands until the new one is there', async () => {
  const { app, names, asked } = directory()
  expect([names.of('user.id', 'u-1'), names.of('user.id', 'u-1'), names.of('event.action', 'login')]).toEqual([
    [],
    [],
    []
  ])
  await soon()
  expect(names.of('user.id', 'u-1')[0]?.name).toBe('name of u-1')
  app.case = { ...app.case, revision: 2 } as CaseState
  expect(names.of('user.id', 'u-1')[0]?.name).toBe('name of u-1')
  await soon()
  expect(asked).toEqual(['u-1', 'u-1'])
})

it('not everything that was ever in sight is remembered: come back to, it is asked about again', async () => {
  const { names, asked } = directory()
  for (let first = 0; first < 12_000; first += 500) {
    for (let at = first; at < first + 500; at++) names.of('resource.id', `r-${at}`)
    await soon()
  }
  expect(names.of('resource.id', 'r-0')).toEqual([])
  await soon()
  expect(names.of('resource.id', 'r-0')[0]?.name).toBe('name of r-0')
  expect(asked.filter((id) => id === 'r-0')).toHaveLength(2)
})
