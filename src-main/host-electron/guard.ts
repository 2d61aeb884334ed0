import { type Session, shell, type WebContents } from 'electron'

/** The window shows our page and no other: it goes nowhere, opens nothing, and is permitted nothing. */
export function denyEverythingElse(contents: WebContents, ownAddress: string): void {
  const isOwn = (url: string) => url.startsWith(`${ownAddress}/`)
  contents.on('will-navigate', (event) => {
    if (!isOwn(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwn(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOwn(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  denyPermissions(contents.session)
}

function denyPermissions(session: Session): void {
  // Copying is what the page asks for when a value is copied.
  const granted = (permission: string) => permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(granted(permission)))
  session.setPermissionCheckHandler((_contents, permission) => granted(permission))
  session.setDevicePermissionHandler(() => false)
}

/** Opens a link in the system's browser; anything but the web stays closed, for a file: or smb: address can run a program. */
export async function openLink(url: string): Promise<void> {
  const { protocol } = new URL(url)
  if (protocol === 'https:' || protocol === 'http:') await shell.openExternal(url)
}
