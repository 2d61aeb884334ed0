/** A place in an evidence file: its bytes are looked at as they lie there. */
export interface OriginalPlace {
  readonly evidence: string
  readonly name: string
  readonly offset: number
  /** 0: nothing is highlighted. */
  readonly length: number
  /** The record that stands there, from 1. */
  readonly record?: number
}

/** The evidence file that is looked into, over whatever page; null while none is. */
export class Original {
  place = $state.raw<OriginalPlace | null>(null)

  show({ evidence, name, offset, length, record }: OriginalPlace): void {
    this.place = { evidence, name, offset, length, ...(record === undefined ? {} : { record }) }
  }

  close(): void {
    this.place = null
  }
}
