import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerFault } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { answerFault, isLimit, passing } from './answer-fault'
import type { Outgoing } from './fill-request'
import type { Hidden } from './hidden'
import type { Answer, Line } from './line'
import { networkFault } from './network-fault'
import type { SignIn } from './sign-in'
import type { Values } from './template'
import { backoff, toldToWait } from './waiting'

/** A request that was answered as wanted. */
export interface Called {
  readonly outgoing: Outgoing
  readonly answer: Answer
  readonly attempt: number
  readonly at: number
  readonly milliseconds: number
}

/** A request that was not, as the journal has it. */
export interface Failed extends Omit<Called, 'answer'> {
  readonly answer?: Answer
  readonly error?: string
}

export interface CallerOptions {
  readonly line: Line
  readonly hidden: Hidden
  readonly values: Values
  readonly signal: AbortSignal
  readonly now: () => number
  /** Answers when something may be sent: nothing is while a pull is held. */
  readonly passed?: () => Promise<void>
  readonly failed: (what: string, failed: Failed) => void
  /** Tells for how long nothing is sent, and why; null when it goes on. */
  readonly waits: (wait: { readonly until: number; readonly why: string } | null) => void
  /** Waits so many milliseconds; a test has no time for that. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
  /** How often a request is made at most. */
  readonly attempts?: number
}

export interface Call {
  /** What is asked: a stream, a check, the sign-in. */
  readonly what: string
  readonly outgoing: Outgoing
  readonly signIn?: SignIn
  readonly faults: readonly AnswerFault[]
  /** Throws where the answer is not the one wanted, though its status is. */
  readonly accept?: (answer: Answer, outgoing: Outgoing) => void
}

/** Limits by the hour are set back within one. */
const longestWait = 65 * 60_000
/** So often a server may say that it is asked too often. */
const mostLimited = 60

/** Asks until it is answered: waits when it is told to, and tries again what may pass. */
export class Caller {
  readonly #options: CallerOptions
  readonly #attempts: number
  #notBefore = 0
  /** A server that has answered before may be starting again; one that never has is the wrong one. */
  #answered = false

  constructor(options: CallerOptions) {
    this.#options = options
    this.#attempts = options.attempts ?? 8
  }

  async call(call: Call): Promise<Called> {
    if (this.#options.hidden.stands(Buffer.from(call.outgoing.url))) throw secretInAddress(call.outgoing)
    let [renewed, reopened, limited, failures] = [false, false, 0, 0]
    for (let attempt = 1; ; attempt++) {
      const still = this.#notBefore - this.#options.now()
      if (still > longestWait) throw tooLong(noMore(call.outgoing), this.#notBefore)
      await this.#wait(still, 'the server allows no more requests for now')
      await this.#options.passed?.()
      const outgoing = await this.#signed(call)
      // It may have been held while it signed in.
      await this.#options.passed?.()
      const at = this.#options.now()
      const tried = await this.#try(call, outgoing)
      const milliseconds = this.#options.now() - at
      if (tried.answer && !tried.fault) {
        this.#answered = true
        this.#notBefore = at + milliseconds + (toldToWait(tried.answer.headers, this.#options.now()) ?? 0)
        return { outgoing: call.outgoing, answer: tried.answer, attempt, at, milliseconds }
      }
      this.#options.failed(call.what, { ...tried.told, outgoing: call.outgoing, attempt, at, milliseconds })
      if (tried.answer?.status === 401 && !renewed && call.signIn?.refused()) {
        renewed = true
        continue
      }
      if (tried.reused && !reopened) {
        reopened = true
        continue
      }
      const fault = tried.fault as AppError
      const { limit } = tried
      if (limit ? ++limited > mostLimited : !tried.passing || ++failures >= this.#most(tried)) throw fault
      const told = tried.answer && toldToWait(tried.answer.headers, this.#options.now())
      if (told !== undefined && told > longestWait) throw tooLong(fault, this.#options.now() + told)
      await this.#wait(told ?? backoff(limited + failures), limit ? 'the server is asked too often' : fault.message)
    }
  }

  #most({ fewer }: Tried): number {
    return fewer ? Math.min(3, this.#attempts) : this.#attempts
  }

  async #signed({ outgoing, signIn }: Call): Promise<Outgoing> {
    if (!signIn) return outgoing
    return { ...outgoing, headers: { ...outgoing.headers, ...(await signIn.headers()) } }
  }

  async #try({ what, outgoing: plain, faults, accept }: Call, outgoing: Outgoing): Promise<Tried> {
    const { line, signal, values, hidden } = this.#options
    try {
      const answer = await line.send(outgoing, signal)
      if (answer.status >= 200 && answer.status < 300) {
        try {
          accept?.(answer, plain)
          return { answer, told: {}, passing: false }
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          // A wrong address gives the same each time; an answer that was garbled on its way does not.
          const garbled = error.code === 'answer_refused' && this.#answered
          return { answer, fault: error, told: { answer, error: error.message }, passing: garbled, fewer: true }
        }
      }
      const fault = answerFault(answer, plain, faults, values, hidden, what === 'sign-in')
      const limit = isLimit(answer, faults)
      return { answer, fault, told: { answer }, passing: passing.has(answer.status), limit }
    } catch (error) {
      if (signal.aborted) throw new AppError('canceled', 'The pull was canceled.')
      if (error instanceof AppError) throw error
      const fault = networkFault(error, plain.url)
      if (!fault) throw error
      const told = { error: `${(error as NodeJS.ErrnoException).code ?? 'error'}: ${fault.sentence}` }
      const code = fault.what === 'certificate' ? 'certificate_refused' : 'unreachable'
      return {
        fault: new AppError(code, fault.sentence, { step: fault.what }),
        told,
        passing: fault.what !== 'certificate' && (fault.passing || this.#answered),
        ...((error as { reused?: true }).reused ? { reused: true as const } : {})
      }
    }
  }

  /** Waits without being told to: between one question and the next. */
  rest(milliseconds: number): Promise<void> {
    return this.#pause(milliseconds)
  }

  async #wait(milliseconds: number, why: string): Promise<void> {
    const { waits, now } = this.#options
    if (milliseconds <= 0) return
    waits({ until: now() + milliseconds, why })
    try {
      await this.#pause(milliseconds)
    } finally {
      waits(null)
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal, pause: wait = (time) => pause(time, undefined, { signal }) } = this.#options
    try {
      await wait(milliseconds, signal)
    } catch (error) {
      if (signal.aborted) throw new AppError('canceled', 'The pull was canceled.')
      throw error
    }
  }
}

interface Tried {
  readonly answer?: Answer
  readonly fault?: AppError
  readonly told: Pick<Failed, 'answer' | 'error'>
  readonly passing: boolean
  /** It is asked too often. */
  readonly limit?: boolean
  /** To be tried less often. */
  readonly fewer?: boolean
  /** It went over a connection that was there already, which may have been over. */
  readonly reused?: true
}

function secretInAddress({ url }: Outgoing): AppError {
  const sentence = `A secret would stand in the address of ${new URL(url).host}, which is written down on its way. Send it in a header or at the sign-in.`
  return new AppError('settings_invalid', sentence)
}

const noMore = ({ url }: Outgoing): AppError =>
  new AppError('rate_limited', `${new URL(url).host} allows no more requests for now.`)

function tooLong(fault: AppError, until: number): AppError {
  const sentence = `${fault.message} It says to come back at ${new Date(until).toISOString()}: resume the pull then.`
  return new AppError('rate_limited', sentence)
}
