import { AppError, type ErrorData, errorFrom } from '../src-main/contract/errors'
import type { AbortSignalLike, Host, HostCommand } from '../src-main/contract/host'

/** So many files are handed over at once: what browsers allow to one host. */
const atOnce = 6

/** The application in a browser, its engine behind the loopback host. */
export const browserHost = (): Host => ({
  kind: 'browser',
  async pathsOf(files, progress, signal) {
    const total = files.reduce((sum, file) => sum + file.size, 0)
    const paths: string[] = []
    let [next, before, failed] = [0, 0, false]
    // Small files wait for each other longer than they take; a large one is alone with its progress.
    const send = async () => {
      for (let at = next++; at < files.length && !failed; at = next++) {
        const file = files[at] as File
        let counted = 0
        const sent = (bytes: number) => {
          before += bytes - counted
          counted = bytes
          progress(before, total)
        }
        paths[at] = await upload(file, sent, signal)
        sent(file.size)
      }
    }
    try {
      await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, send))
    } catch (error) {
      failed = true
      throw error
    }
    return paths
  },
  chooseFiles: null,
  chooseCase: null,
  async saveText(name, text) {
    const url = URL.createObjectURL(new Blob([text]))
    const link = Object.assign(document.createElement('a'), { href: url, download: name })
    link.click()
    // The download reads the blob after the click; a minute is ample.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  },
  async openLink(url) {
    if (/^https?:/.test(url)) window.open(url, '_blank', 'noopener,noreferrer')
  },
  onCommand(listener) {
    let listening = true
    void fetch('commands', { method: 'POST' })
      .then((answer): Promise<HostCommand[]> | HostCommand[] => (answer.ok ? answer.json() : []))
      .then((commands) => {
        for (const command of commands) if (listening) listener(command)
      })
    return () => {
      listening = false
    }
  }
})

/** Streams a file to the engine's machine and gives its path there. XMLHttpRequest, because fetch tells no progress. */
function upload(file: File, progress: (sent: number) => void, signal: AbortSignalLike): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `upload?name=${encodeURIComponent(file.name)}&modified=${file.lastModified}`)
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (signal.aborted) request.abort()
      else progress(event.loaded)
    }
    request.onabort = () => reject(new AppError('canceled', `${file.name}: canceled`, { file: file.name }))
    request.onerror = () =>
      reject(new AppError('file_denied', `${file.name}: the browser could not read or send it.`, { file: file.name }))
    request.onload = () => {
      const answer = request.response as { path: string } | ErrorData | null
      if (answer && 'path' in answer) resolve(answer.path)
      else reject(errorFrom(answer ?? { code: 'bug', message: `upload answered ${request.status}`, detail: {} }))
    }
    if (signal.aborted) return reject(new AppError('canceled', `${file.name}: canceled`, { file: file.name }))
    request.send(file)
  })
}
