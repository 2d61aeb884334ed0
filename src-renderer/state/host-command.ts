import type { HostCommand } from '../../src-main/contract/host'
import type { App } from './app.svelte'

/** The parts of the page that only the page can reach. */
export interface PageParts {
  chooseFiles(): void
  find(): void
}

/** Does what a menu, the command line or a second start asks for. */
export function obey(command: HostCommand, app: App, page: PageParts): void | Promise<void> {
  switch (command.do) {
    case 'open-log':
      return page.chooseFiles()
    case 'find':
      return page.find()
    case 'open-case':
      return command.folder === undefined ? app.chooseCase() : app.openCase(command.folder)
    case 'open-sample':
      return app.openSample()
    case 'close-case':
      return app.closeCase()
    case 'connect':
      return app.connecting.choose()
    case 'show-keys':
      app.overlay = 'keys'
      return
    case 'about':
      app.overlay = 'about'
      return
    case 'import':
      return app.imports.paths(command.paths)
  }
}
