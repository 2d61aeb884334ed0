import type { Diagnosis, DiagnosisStep } from '../../contract/connect'
import type { Paging } from '../../contract/connector'
import { AppError, isCancel } from '../../contract/errors'
import { type Called, Caller, type Failed } from './caller'
import { runChecks } from './checks'
import type { Connected } from './connected'
import { diagnoseListening } from './diagnose-listening'
import { writtenTime } from './event-time'
import { fillRequest } from './fill-request'
import type { RequestLine } from './journal-lines'
import type { Answer } from './line'
import { pageOf } from './page'
import { firstAt } from './paging'
import { requestLine } from './request-line'
import { serverClock } from './server-clock'
import { SignIn } from './sign-in'
import { chosen, type Values } from './template'

/** So many seconds two clocks may differ before it is said. */
const mostSkew = 60

const stepOf = ({ code, detail }: AppError, at: 'sign-in' | 'events'): DiagnosisStep['what'] => {
  if (detail.step) return detail.step
  if (code === 'sign_in_refused' || code === 'secret_missing') return 'sign-in'
  return code === 'settings_invalid' || code === 'host_refused' ? 'settings' : at
}

/** Asks a product for as little as shows that a pull would go well, and says what is in the way; `made` hears of every request. */
export async function diagnose(
  connected: Connected,
  signal: AbortSignal,
  now: () => number,
  made: (request: RequestLine) => void = () => {}
): Promise<Diagnosis> {
  if (connected.listening) return diagnoseListening(connected.listening, now)
  const { line, hidden, values, auth, network } = connected
  const started = now()
  const steps: DiagnosisStep[] = []
  const said = (what: DiagnosisStep['what'], state: DiagnosisStep['state'], sentence: string) =>
    steps.push({ what, state, sentence })
  let requests = 0
  let skew: number | undefined
  const looked = (what: string, called: Called | Failed) => {
    made(requestLine(++requests, what, called, hidden))
    const { answer } = called
    const clock = answer && serverClock(answer)
    if (clock !== undefined) skew ??= Math.round((now() - Date.parse(clock)) / 1000)
    if (requests > 1 || !answer) return
    const [host] = network.hosts
    said('address', 'passed', `${[...network.hosts].join(', ')} was found.`)
    said('connection', 'passed', `${host} answers${network.proxy ? ` through the proxy ${network.proxy.host}` : ''}.`)
  }
  const caller = new Caller({
    line,
    hidden,
    values,
    signal,
    now,
    waits: () => {},
    failed: looked,
    attempts: 1
  })
  const faults = 'faults' in auth ? (auth.faults ?? []) : []
  const signIn = new SignIn(
    auth,
    values,
    hidden,
    async (outgoing) => {
      const called = await caller.call({ what: 'sign-in', outgoing, faults })
      looked('sign-in', called)
      return called.answer
    },
    now
  )
  let at: 'sign-in' | 'events' = 'sign-in'
  try {
    await signIn.headers()
    at = 'events'
    if (auth.kind === 'oauth2' || auth.kind === 'google') said('sign-in', 'passed', 'The sign-in was accepted.')
    const names = Object.keys(connected.streams)
    const { stopped, notes } = await runChecks(connected, caller, signIn, names, ({ title }, called) =>
      looked(title, called)
    )
    for (const note of notes) said('checks', 'warned', note)
    for (const reason of stopped.values()) said('checks', stopped.size === names.length ? 'failed' : 'warned', reason)
    for (const name of names)
      if (!stopped.has(name)) said('events', 'passed', await firstPage(connected, caller, signIn, name, looked, now()))
    if (auth.kind !== 'oauth2' && auth.kind !== 'google' && auth.kind !== 'none')
      said('sign-in', 'passed', 'The secret was accepted.')
  } catch (error) {
    if (!(error instanceof AppError) || isCancel(error)) throw error
    said(stepOf(error, at), 'failed', error.message)
  } finally {
    line.close()
  }
  if (skew !== undefined) said('clock', Math.abs(skew) > mostSkew ? 'warned' : 'passed', clockSentence(skew))
  return {
    ok: steps.every(({ state }) => state !== 'failed'),
    steps,
    requests,
    seconds: Math.round(now() - started) / 1000
  }
}

async function firstPage(
  { connector, streams, values }: Connected,
  caller: Caller,
  signIn: SignIn,
  name: string,
  looked: (what: string, called: Called) => void,
  now: number
): Promise<string> {
  const stream = streams[name] as NonNullable<(typeof streams)[string]>
  const paging = chosen(stream.paging, values) as Paging | undefined
  if (!paging) throw new AppError('settings_invalid', `${stream.title}: no way to page through it fits these settings.`)
  const at: Readonly<Record<string, unknown>> = {
    ...firstAt(paging, {}),
    until: writtenTime(now, stream.window ?? 'iso', 'until'),
    ...(stream.furthest === undefined
      ? {}
      : { since: writtenTime(now - stream.furthest * 86_400_000, stream.window ?? 'iso', 'since') }),
    ...(stream.size ? { size: 1 } : {})
  }
  const asking: Values = (key) => (Object.hasOwn(at, key) ? at[key] : values(key))
  const outgoing = fillRequest(stream.request, asking, connector.headers)
  let events = 0
  const accept = (answer: Answer) => {
    events = pageOf(answer, outgoing, stream).list.length
  }
  looked(name, await caller.call({ what: name, outgoing, signIn, faults: connector.faults ?? [], accept }))
  return events ? `${stream.title} can be read.` : `${stream.title} can be read; there are none so far.`
}

function clockSentence(skew: number): string {
  if (Math.abs(skew) <= mostSkew) return 'Its clock and ours agree.'
  const minutes = Math.round(Math.abs(skew) / 60)
  const by =
    minutes < 2
      ? `${Math.abs(skew)} seconds`
      : minutes < 120
        ? `${minutes} minutes`
        : `${Math.round(minutes / 60)} hours`
  return `This machine's clock is ${by} ${skew > 0 ? 'ahead of' : 'behind'} the server's. A pull goes by the server's clock, but signed sign-ins may be refused: set this machine's clock.`
}
