/** Where a command writes: data to `out`, messages to `err`. */
export interface Terminal {
  /** Resolves when the reader of a pipe is ready for more. */
  out(text: string): Promise<void>
  err(text: string): void
  /** Columns of the screen; null when the output goes to a file or a pipe and lines need not fit. */
  readonly columns: number | null
  /** Rewrites the last line of the screen; does nothing where messages go to a file. */
  status(text: string): void
  /** Calls back on Ctrl-C instead of ending; the answer undoes it. */
  onInterrupt(listener: () => void): () => void
}

/** The terminal this process was started in. */
export function processTerminal(): Terminal {
  // The reader of a pipe may have seen enough: `spoor search … | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  let status = ''
  const clearStatus = () => {
    if (status) process.stderr.write('\r\u001b[K')
    status = ''
  }
  return {
    out: (text) => {
      clearStatus()
      return new Promise((resolve) => process.stdout.write(text, () => resolve()))
    },
    err: (text) => {
      clearStatus()
      process.stderr.write(`${text}\n`)
    },
    columns: process.stdout.isTTY ? process.stdout.columns : null,
    status: (text) => {
      if (!process.stderr.isTTY || text === status) return
      status = text
      process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`)
      if (!text) clearStatus()
    },
    onInterrupt: (listener) => {
      process.on('SIGINT', listener)
      process.on('SIGTERM', listener)
      return () => {
        process.off('SIGINT', listener)
        process.off('SIGTERM', listener)
      }
    }
  }
}
