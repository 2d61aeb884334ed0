import { type Diagnosis, type DiagnosisStep, diagnosisSteps } from '../../../src-main/contract/connect'

/** A line of the checklist: what was looked at, and how it stands. */
export interface DiagnosisLine {
  readonly what: DiagnosisStep['what']
  readonly title: string
  readonly state: DiagnosisStep['state'] | 'unreached'
  readonly sentences: readonly string[]
}

const titles: Readonly<Record<DiagnosisStep['what'], string>> = {
  settings: 'Settings',
  address: 'Name',
  connection: 'Connection',
  certificate: 'Certificate',
  'sign-in': 'Sign-in',
  checks: 'Log settings',
  events: 'Events',
  clock: 'Clocks'
}

const worstFirst = ['failed', 'warned', 'passed', 'skipped'] as const

/** The checklist in the order in which a pull goes; what comes behind a failure was not reached. */
export function diagnosisLines({ steps }: Diagnosis): readonly DiagnosisLine[] {
  const failed = steps.find(({ state }) => state === 'failed')
  const end = failed ? diagnosisSteps.indexOf(failed.what) : diagnosisSteps.length
  return diagnosisSteps.flatMap((what, at): DiagnosisLine[] => {
    const title = titles[what]
    const found = steps.filter((step) => step.what === what)
    if (found.length > 0) {
      const states = found.map(({ state }) => state)
      const state = worstFirst.find((one) => states.includes(one)) ?? 'passed'
      return [{ what, title, state, sentences: found.map(({ sentence }) => sentence) }]
    }
    return at > end && what !== 'checks' && what !== 'clock' ? [{ what, title, state: 'unreached', sentences: [] }] : []
  })
}
