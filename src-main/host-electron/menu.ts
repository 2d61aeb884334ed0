import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { HostCommand } from '../contract/host'
import type { MainWindow } from './window'

type Item = MenuItemConstructorOptions

/** The native menu. What concerns the case is done by the page, which knows the case. */
export function showMenu(window: MainWindow): void {
  const item = (label: string, command: HostCommand, accelerator?: string): Item => ({
    label,
    ...(accelerator && { accelerator }),
    click: () => {
      window.show()
      window.command(command)
    }
  })
  const mac = process.platform === 'darwin'
  const about = item('About Spoor', { do: 'about' })
  const file: Item[] = [
    item('Open a Log…', { do: 'open-log' }, 'CmdOrCtrl+O'),
    item('Open a Case…', { do: 'open-case' }, 'CmdOrCtrl+Shift+O'),
    item('Open the Sample Case', { do: 'open-sample' }),
    item('Connect a Product…', { do: 'connect' }),
    { type: 'separator' },
    item('Close Case', { do: 'close-case' }),
    { role: mac ? 'close' : 'quit' }
  ]
  const edit: Item[] = [
    ...(['undo', 'redo'] as const).map((role) => ({ role })),
    { type: 'separator' },
    ...(['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({ role })),
    { type: 'separator' },
    item('Find', { do: 'find' }, 'CmdOrCtrl+F')
  ]
  const view: Item[] = [
    ...(['resetZoom', 'zoomIn', 'zoomOut'] as const).map((role) => ({ role })),
    { type: 'separator' },
    { role: 'togglefullscreen' },
    { role: 'reload' },
    // Without it a page that does not work cannot be looked into.
    { role: 'toggleDevTools' }
  ]
  const help: Item[] = [item('Keys', { do: 'show-keys' }), ...(mac ? [] : [about])]
  const own: Item[] = [
    about,
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'quit' }
  ]
  const menus: Item[] = [
    ...(mac ? [{ label: app.name, submenu: own }] : []),
    { label: 'File', submenu: file },
    { label: 'Edit', submenu: edit },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    { role: 'help', submenu: help }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus))
}
