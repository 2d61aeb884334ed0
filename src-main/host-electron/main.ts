import { app } from 'electron'
import type { HostCommand } from '../contract/host'
import { EngineHost } from './engine-host'
import { denyEverythingElse } from './guard'
import { showMenu } from './menu'
import { answerPage } from './page-calls'
import { pageScheme, registerPageScheme, servePages } from './pages'
import { commandsForPaths, commandsFromArguments } from './start-arguments'
import { MainWindow } from './window'

// A second start hands its files to the first and ends: one process writes a case at a time.
if (!app.requestSingleInstanceLock()) app.quit()
else start()

function start(): void {
  registerPageScheme()
  // Files that macOS opens arrive before the window is there; they wait for it.
  const window = new MainWindow()
  const engine = new EngineHost(window)
  const obey = (commands: readonly HostCommand[]) => {
    for (const command of commands) window.command(command)
  }

  app.on('second-instance', (_event, args, folder) => {
    window.show()
    obey(commandsFromArguments(args, folder))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    obey(commandsForPaths([path]))
  })
  app.on('web-contents-created', (_event, contents) => denyEverythingElse(contents, pageScheme))
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', () => engine.stop())

  void app.whenReady().then(() => {
    servePages()
    engine.start()
    answerPage(window, engine)
    showMenu(window)
    window.show()
    obey(commandsFromArguments(process.argv, process.cwd()))
    app.on('activate', () => window.show())
  })
}
