// Shorter ones are words that stand in many an answer ("admin"), and say nothing where they do.
const shortest = 8

/** Secrets in use, so that no text that is kept or shown holds one. */
export class Hidden {
  readonly #secrets = new Set<string>()

  add(secret: string): void {
    if (secret.length < shortest) return
    for (const one of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) this.#secrets.add(one)
    // As a header of basic authentication has it.
    this.#secrets.add(Buffer.from(secret).toString('base64'))
  }

  in(text: string): string {
    let shown = text
    for (const secret of this.#secrets) shown = shown.replaceAll(secret, '[secret]')
    return shown
  }

  /** Whether bytes hold one: a server that says them back. */
  stands(bytes: Buffer): boolean {
    for (const secret of this.#secrets) if (bytes.includes(secret)) return true
    return false
  }
}
