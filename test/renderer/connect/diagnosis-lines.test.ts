import { expect, it } from 'vitest'
import type { DiagnosisStep } from '../../../src-main/contract/connect'
import { diagnosisLines } from '../../../src-renderer/components/connect/diagnosis-lines'

const lines = (...steps: readonly DiagnosisStep[]) =>
  diagnosisLines({ ok: false, steps, requests: 1, seconds: 1 }).map(({ title, state, sentences }) => [
    title,
    state,
    ...sentences
  ])

it('lists a test in the order of a pull, and what was not reached behind a failure', () => {
  expect(
    lines(
      { what: 'address', state: 'passed', sentence: 'id.example.com was found.' },
      { what: 'certificate', state: 'failed', sentence: 'It is signed by itself.' }
    )
  ).toEqual([
    ['Name', 'passed', 'id.example.com was found.'],
    ['Certificate', 'failed', 'It is signed by itself.'],
    ['Sign-in', 'unreached'],
    ['Events', 'unreached']
  ])
})

it('tells of several streams in one line, which is as bad as the worst of them', () => {
  expect(
    lines(
      { what: 'events', state: 'passed', sentence: 'User events can be read.' },
      { what: 'checks', state: 'warned', sentence: 'Admin events are not saved.' },
      { what: 'checks', state: 'failed', sentence: 'User events are not saved.' },
      { what: 'sign-in', state: 'passed', sentence: 'The sign-in was accepted.' }
    )
  ).toEqual([
    ['Sign-in', 'passed', 'The sign-in was accepted.'],
    ['Log settings', 'failed', 'Admin events are not saved.', 'User events are not saved.'],
    ['Events', 'passed', 'User events can be read.']
  ])
})
