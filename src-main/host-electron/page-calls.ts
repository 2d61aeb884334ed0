import { writeFile } from 'node:fs/promises'
import { dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type OpenDialogOptions } from 'electron'
import type { EngineHost } from './engine-host'
import { openLink } from './guard'
import { pageScheme } from './pages'
import type { MainWindow } from './window'

/** Answers what only the shell can do for the page: dialogs, files, links, the way to the engine. Only our own page is answered. */
export function answerPage(window: MainWindow, engine: EngineHost): void {
  const choose = async (options: OpenDialogOptions): Promise<readonly string[]> => {
    const { canceled, filePaths } = await (window.window
      ? dialog.showOpenDialog(window.window, options)
      : dialog.showOpenDialog(options))
    return canceled ? [] : filePaths
  }
  const calls: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>> = {
    'choose-files': () =>
      choose({ title: 'Open a log', properties: ['openFile', 'multiSelections', 'showHiddenFiles'] }),
    'choose-case': async () => (await choose({ title: 'Open a case', properties: ['openDirectory'] }))[0] ?? null,
    'save-text': async (name, text) => {
      const options = { title: 'Save', defaultPath: String(name) }
      const { canceled, filePath } = await (window.window
        ? dialog.showSaveDialog(window.window, options)
        : dialog.showSaveDialog(options))
      if (!canceled) await writeFile(filePath, String(text))
    },
    'open-link': (url) => openLink(String(url))
  }
  for (const [name, call] of Object.entries(calls)) {
    ipcMain.handle(name, (event, ...args) => {
      if (!isOurs(event)) throw new Error('Only the application itself may do this.')
      return call(...args)
    })
  }
  ipcMain.on('request-port', (event) => isOurs(event) && engine.introduce())
  ipcMain.on('listening', (event) => isOurs(event) && window.pageListens())
}

const isOurs = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
  senderFrame?.parent === null && senderFrame.url.startsWith(`${pageScheme}/`)
