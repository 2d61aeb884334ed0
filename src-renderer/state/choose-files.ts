import type { ImportRequest } from '../../src-main/contract/import'
import type { App } from './app.svelte'

/** Lets the analyst choose logs, or directories of names: by a native dialog where there is one, else by the browser's. */
export async function chooseFiles(app: App, how: Omit<ImportRequest, 'paths'> = {}): Promise<void> {
  if (app.host.chooseFiles) return app.imports.paths(await app.host.chooseFiles(), how)
  const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true })
  input.addEventListener('change', () => app.imports.files([...(input.files ?? [])], how))
  input.click()
}

/** Lets the analyst choose source definitions. The page reads them itself, whatever the host. */
export function chooseDefinition(app: App): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, accept: '.yaml,.yml' })
  input.addEventListener('change', () => void app.mapping.openFiles([...(input.files ?? [])]))
  input.click()
}
