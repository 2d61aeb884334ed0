// Shorter ones are words that stand in many an answer ("admin"), and say nothing where they do.
const shortest = 8
/** Shorter ones may stand in an event by chance. */
const shortestEchoed = 16
/** Tokens follow each other for as long as a pull goes on; those long gone open nothing. */
const mostTokens = 6

/** Secrets in use, so that no text that is kept or shown holds one. */
export class Hidden {
  readonly #secrets = new Set<string>()
  readonly #tokens: string[] = []

  add(secret: string): void {
    if (secret.length < shortest) return
    for (const one of formsOf(secret)) this.#secrets.add(one)
  }

  /** A secret that is good for a while. */
  addToken(token: string): void {
    if (token.length < shortest || this.#tokens.includes(token)) return
    this.#tokens.push(token)
    if (this.#tokens.length > mostTokens) this.#tokens.shift()
  }

  in(text: string): string {
    let shown = text
    for (const secret of [...this.#secrets, ...this.#tokens.flatMap(formsOf)])
      shown = shown.replaceAll(secret, '[secret]')
    return shown
  }

  /** Whether bytes hold one: a server that says them back. */
  stands(bytes: Buffer): boolean {
    for (const secret of [...this.#secrets, ...this.#tokens])
      if (secret.length >= shortestEchoed && bytes.includes(secret)) return true
    return false
  }
}

/** As it is, in an address, in a form, in JSON, and in a header of basic authentication. */
function formsOf(secret: string): readonly string[] {
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1)
  return [
    secret,
    encodeURIComponent(secret),
    inForm,
    inForm.replaceAll('+', '%20'),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64')
  ]
}
