import type { MessagePortMain } from 'electron/main'
import { AppError } from '../contract/errors'
import type { Keychain } from '../engine/connect/sealer'

/** What the engine process asks of the main process; one of the two texts is there. */
export interface KeychainCall {
  readonly call: number
  readonly seal?: string
  readonly open?: string
}

export interface KeychainAnswer {
  readonly call: number
  readonly text?: string
  readonly failed?: true
}

/** The operating system's keychain at the far end of a port, which comes when it comes. */
export class KeychainPort implements Keychain {
  readonly #waiting = new Map<number, (answer: KeychainAnswer) => void>()
  #connect: (port: MessagePortMain) => void = () => {}
  readonly #port = new Promise<MessagePortMain>((resolve) => {
    this.#connect = resolve
  })
  #calls = 0

  connect(port: MessagePortMain): void {
    port.on('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as KeychainAnswer
      this.#waiting.get(answer.call)?.(answer)
      this.#waiting.delete(answer.call)
    })
    port.start()
    this.#connect(port)
  }

  seal = (text: string): Promise<string> => this.#ask({ seal: text })
  open = (sealed: string): Promise<string> => this.#ask({ open: sealed })

  async #ask(what: Omit<KeychainCall, 'call'>): Promise<string> {
    const port = await this.#port
    const call = ++this.#calls
    const { text } = await new Promise<KeychainAnswer>((resolve) => {
      this.#waiting.set(call, resolve)
      port.postMessage(JSON.stringify({ call, ...what }))
    })
    if (text !== undefined) return text
    const sentence =
      'The keychain of this computer does not give out the secret. Unlock it, or give the secret anew in the connection.'
    throw new AppError('secret_missing', sentence)
  }
}
