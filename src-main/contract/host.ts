/** A file the analyst dropped or chose. In a browser it has no path until its bytes are handed over. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
}

/** What differs between the desktop shell and the loopback web application, and nothing else. */
export interface Host {
  readonly kind: 'electron' | 'browser'
  /** Paths on the engine's machine of files dropped or chosen; a browser streams their bytes over first. */
  pathsOf(
    files: readonly DroppedFile[],
    progress: (sentBytes: number, totalBytes: number) => void,
    signal: AbortSignalLike
  ): Promise<readonly string[]>
  /** A native dialog; null where the host has none and the page must use its own file input. */
  readonly chooseFiles: (() => Promise<readonly string[]>) | null
  readonly chooseCase: (() => Promise<string | null>) | null
  saveText(name: string, text: string): Promise<void>
  openLink(url: string): Promise<void>
  /** What a menu, the command line or a second start asks the page to do. */
  onCommand(listener: (command: HostCommand) => void): () => void
}

export type HostCommand =
  | { readonly do: 'open-log' }
  /** Without a folder, the analyst is asked which. */
  | { readonly do: 'open-case'; readonly folder?: string }
  | { readonly do: 'open-sample' }
  | { readonly do: 'close-case' }
  | { readonly do: 'connect' }
  | { readonly do: 'show-keys' }
  | { readonly do: 'about' }
  | { readonly do: 'find' }
  | { readonly do: 'import'; readonly paths: readonly string[] }

/** The part of the DOM's AbortSignal that both sides know. */
export interface AbortSignalLike {
  readonly aborted: boolean
}
