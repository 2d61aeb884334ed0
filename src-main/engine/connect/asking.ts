import { Caller, type CallerOptions } from './caller'
import type { Connected } from './connected'
import type { Keeper } from './keeper'
import { answerText, requestLine } from './request-line'
import { SignIn, type SignInCall } from './sign-in'

/** What asks for a connection, and shows who asks. */
export interface Asking {
  readonly caller: Caller
  readonly signIn: SignIn
}

/** Begins to ask: requests that fail, and those of the sign-in, are kept as they are made. */
export function newAsking(
  { line, hidden, values, auth }: Connected,
  keeper: Keeper,
  how: Pick<CallerOptions, 'signal' | 'passed' | 'now' | 'waits' | 'pause'>
): Asking {
  const number = () => keeper.books.requests + 1
  const failed: CallerOptions['failed'] = (what, made) => {
    const text = made.answer ? { text: answerText(made.answer.body, hidden) } : {}
    keeper.add({ request: { ...requestLine(number(), what, made, hidden), ...text } })
  }
  const caller = new Caller({ ...how, line, hidden, values, failed })
  const call: SignInCall = async (outgoing) => {
    const faults = 'faults' in auth ? (auth.faults ?? []) : []
    const called = await caller.call({ what: 'sign-in', outgoing, faults: [...faults, ...signInFaults] })
    keeper.add({ request: requestLine(number(), 'sign-in', called, hidden) })
    return called.answer
  }
  return { caller, signIn: new SignIn(auth, values, hidden, call, how.now) }
}

/** What a sign-in answers is a matter of the settings. */
const signInFaults = [
  {
    status: 404,
    sentence: 'There is no sign-in at this address (404). Check the address, and the name of the realm or tenant.'
  },
  {
    status: [400, 401],
    sentence:
      'The sign-in was refused: the user, the client or the secret is not right. Give the right ones in the connection.'
  }
] as const
