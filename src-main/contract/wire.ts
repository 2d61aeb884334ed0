import { type ErrorData, errorData, errorFrom } from './errors'

/** A way to the other side: a MessagePort or a WebSocket. Texts arrive whole and in order. */
export interface Channel {
  send(text: string): void
  onText(listener: (text: string) => void): void
  onClose(listener: () => void): void
}

/** What birpc puts into a message, as far as it concerns us: the arguments of a call, the error of an answer. */
interface Message {
  readonly a?: readonly unknown[]
  readonly e?: unknown
}

/** A call or an answer as text. The same on every channel, so that what passes one passes all. */
export function encode(message: Message): string {
  // JSON has no undefined: an argument left out must not arrive as null.
  if (message.a) return JSON.stringify({ ...message, a: message.a.slice(0, given(message.a)) })
  return JSON.stringify(message.e === undefined ? message : { ...message, e: errorData(message.e) })
}

export function decode(text: string): Message {
  const message = JSON.parse(text) as Message
  return message.e === undefined ? message : { ...message, e: errorFrom(message.e as ErrorData) }
}

const given = (values: readonly unknown[]): number => values.findLastIndex((value) => value !== undefined) + 1
