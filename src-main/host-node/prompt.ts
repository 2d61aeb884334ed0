/** Asks at the terminal for something that nobody shall see; null where there is no terminal to ask at. */
export function askHidden(question: string): Promise<string | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) return Promise.resolve(null)
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve) => {
    let typed = ''
    const take = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return end(typed)
        if (character === '\u0003' || character === '\u0004') return end(null)
        typed = character === '\u007f' || character === '\b' ? typed.slice(0, -1) : typed + character
      }
    }
    const end = (answer: string | null) => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      resolve(answer)
    }
    stdin.on('data', take)
  })
}
