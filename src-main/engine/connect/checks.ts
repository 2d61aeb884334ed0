import type { ConnectorCheck } from '../../contract/connector'
import { AppError, isCancel } from '../../contract/errors'
import { jsonOf } from './answer-fault'
import { atPath } from './at-path'
import type { Called, Caller } from './caller'
import type { Connected } from './connected'
import { fillRequest } from './fill-request'
import type { Answer } from './line'
import type { SignIn } from './sign-in'
import { sentence } from './template'

/** What the requests before a pull found out. */
export interface CheckFindings {
  /** Streams that have nothing to give, each with the reason. */
  readonly stopped: ReadonlyMap<string, string>
  readonly notes: readonly string[]
}

/** Asks what a product says of its own log: whether it keeps one at all. */
export async function runChecks(
  { connector, values }: Connected,
  caller: Caller,
  signIn: SignIn,
  streams: readonly string[],
  called: (check: ConnectorCheck, called: Called) => void
): Promise<CheckFindings> {
  const stopped = new Map<string, string>()
  const notes: string[] = []
  for (const check of connector.checks ?? []) {
    const wanted = check.expect.some(({ stops }) => stops === undefined || streams.includes(stops))
    if (!wanted) continue
    try {
      const outgoing = fillRequest(check.request, values, connector.headers)
      let document: unknown
      const accept = (answer: Answer) => {
        document = jsonOf(answer, outgoing)
      }
      const made = await caller.call({ what: check.title, outgoing, signIn, faults: connector.faults ?? [], accept })
      called(check, made)
      for (const { path, equals, over, sentence: words, stops } of check.expect) {
        const found = atPath(document, path)
        if (over === undefined ? found === equals : typeof found === 'number' && found > over) continue
        if (stops === undefined) notes.push(sentence(words, values))
        else if (!stopped.has(stops)) stopped.set(stops, sentence(words, values))
      }
    } catch (error) {
      if (!check.optional || !(error instanceof AppError) || isCancel(error)) throw error
      notes.push(`${check.title} could not be asked, so it is not known: ${error.message}`)
    }
  }
  return { stopped, notes }
}
