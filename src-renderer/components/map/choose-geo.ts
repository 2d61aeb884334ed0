import type { App } from '../../state/app.svelte'

/** Lets the analyst choose a geo-IP database of their own, by a native dialog where there is one. */
export async function chooseGeo(app: App): Promise<void> {
  if (app.host.chooseFiles) {
    const [path] = await app.host.chooseFiles()
    if (path) await useGeo(app, path)
    return
  }
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.mmdb' })
  input.addEventListener('change', async () => {
    const files = [...(input.files ?? [])]
    if (files.length === 0) return
    try {
      const [path] = await app.host.pathsOf(files, () => {}, { aborted: false })
      if (path) await useGeo(app, path)
    } catch (error) {
      app.notices.failed('The database was not taken', error)
    }
  })
  input.click()
}

/** Looks all addresses of the case up in this database; null is the one that came with the application. */
export async function useGeo(app: App, path: string | null): Promise<void> {
  try {
    const geo = await app.engine.useGeoDatabase(path)
    app.about = await app.engine.about()
    app.notices.done(`Places are now those of ${geo.title}`, `Edition of ${geo.edition}.`)
  } catch (error) {
    app.notices.failed('The database was not taken', error)
  }
}
