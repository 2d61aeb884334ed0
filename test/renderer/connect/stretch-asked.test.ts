import { expect, it } from 'vitest'
import { stretchAsked } from '../../../src-renderer/components/connect/stretch-asked'

it('asks for all before an end where that is meant, not for what came since last time', () => {
  const [from, to] = ['2026-03-01T00:00:00.000Z', '2026-03-09T00:00:00.000Z']
  expect(stretchAsked({ from, to }, true)).toEqual({ since: from, until: to })
  expect(stretchAsked({ to }, true)).toEqual({ since: '1970-01-01T00:00:00.000Z', until: to })
  expect(stretchAsked({ to }, false)).toEqual({ until: to })
  expect(stretchAsked({}, false)).toEqual({})
})
