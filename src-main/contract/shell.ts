import type { HostCommand } from './host'

/** What the desktop shell's preload puts on `window.spoor`. */
export interface Shell {
  /** The path of a DOM File that was dropped or chosen. */
  pathOf(file: object): string
  chooseFiles(): Promise<readonly string[]>
  chooseCase(): Promise<string | null>
  saveText(name: string, text: string): Promise<void>
  openLink(url: string): Promise<void>
  onCommand(listener: (command: HostCommand) => void): () => void
  /** Asks for a way to the engine. It comes as a message event of the window: `enginePort` with a MessagePort. */
  requestPort(): void
  /** The engine's process ended, so no answer will come. */
  onEngineGone(listener: () => void): () => void
}

export const enginePort = 'spoor:engine-port'
