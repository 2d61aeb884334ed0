import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { HostCommand } from '../../../src-main/contract/host'
import { enginePort, type Shell } from '../../../src-main/contract/shell'
import { type Connection, connectBy } from '../../../src-renderer/connect'
import { electronHost, portChannel } from '../../../src-renderer/host-electron'
import { built } from '../../channels/ends'
import { loadMain, loadPreload, root } from './load'
import { type StandIn, standIn } from './stand-in'

const home = mkdtempSync(join(tmpdir(), 'spoor-shell-'))
const frame = { parent: null, url: 'spoor://app/index.html' }
let electron: StandIn
let shell: Shell
let page: Connection

/** The page's window as far as its connection needs one: what is posted to it arrives as a message event. */
const pageWindow = Object.assign(new EventTarget(), {
  location: { origin: 'spoor://app' },
  postMessage(data: unknown, origin: string, ports: readonly unknown[]) {
    if (origin !== 'spoor://app') throw new Error(`a message for ${origin}`)
    pageWindow.dispatchEvent(Object.assign(new Event('message'), { data, ports, source: pageWindow }))
  }
})
const mainWindow = () => {
  const window = electron.windows.at(-1)
  if (!window) throw new Error('there is no window')
  return window
}

beforeAll(async () => {
  built()
  vi.stubEnv('SPOOR_HOME', home)
  vi.stubGlobal('window', pageWindow)
  writeFileSync(join(home, 'first.json'), '{}')
  process.argv = ['electron', root, '--no-sandbox', join(home, 'first.json')]
  electron = standIn(root)
  await loadMain(electron, 1)
  expect(electron.windows.length).toBe(0)
  electron.app.becomeReady()
  await vi.waitFor(() => expect(electron.windows.length).toBe(1))
  shell = loadPreload(electron, frame)
  page = connectBy(() => portChannel(shell), electronHost(shell), 'The engine is being started again.')
})
afterAll(async () => {
  electron.app.quit()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  rmSync(home, { recursive: true, force: true })
})

describe('the window', () => {
  it('isolates the page from Node and from the preload', () => {
    expect(mainWindow().options.webPreferences).toEqual({
      preload: join(root, 'out/preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false
    })
    expect(mainWindow().loaded).toEqual(['spoor://app/'])
  })

  it('goes nowhere else', () => {
    const denied = (name: string, url: string): boolean => {
      let prevented = false
      mainWindow().webContents.emit(name, {
        url,
        preventDefault: () => {
          prevented = true
        }
      })
      return prevented
    }
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'spoor://app.evil/',
        'spoor://apple/',
        'javascript:1'
      ]) {
        expect([name, url, denied(name, url)]).toEqual([name, url, true])
      }
      expect(denied(name, 'spoor://app/index.html')).toBe(false)
    }
    expect(denied('will-attach-webview', '')).toBe(true)
  })

  it('opens no window and permits nothing but copying', () => {
    const { openHandler, session } = mainWindow().webContents
    expect(openHandler?.({ url: 'https://evil.example/' } as never)).toEqual({ action: 'deny' })
    const { setPermissionCheckHandler: check, setPermissionRequestHandler: request } = session.handlers
    const answers = [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'clipboard-sanitized-write'
    ].map((permission) => {
      let asked = false
      request?.(
        null as never,
        permission as never,
        (granted) => {
          asked = granted
        },
        null as never
      )
      return [permission, asked, check?.(null, permission as never, '', null as never)]
    })
    expect(answers).toEqual([
      ['media', false, false],
      ['geolocation', false, false],
      ['notifications', false, false],
      ['clipboard-read', false, false],
      ['openExternal', false, false],
      ['clipboard-sanitized-write', true, true]
    ])
    expect(session.handlers.setDevicePermissionHandler?.(null as never)).toBe(false)
  })

  it('shows itself when there is something to see, and remembers where it was', () => {
    expect(mainWindow().done).toEqual([])
    mainWindow().emit('ready-to-show')
    expect(mainWindow().done).toEqual(['show'])
    mainWindow().emit('close')
    expect(JSON.parse(readFileSync(join(home, 'window.json'), 'utf8'))).toEqual({
      bounds: { x: 40, y: 50, width: 1200, height: 800 },
      maximized: false
    })
  })
})

describe('the page', () => {
  const get = async (url: string) => {
    const answer = await electron.schemes['spoor']?.(new Request(url))
    return [answer?.status, answer?.headers.get('content-type'), answer?.headers.get('content-security-policy')]
  }

  it('comes from the built files with its policy', async () => {
    const [status, type, policy] = await get('spoor://app/')
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
  })

  it.each([
    'spoor://app/..%2fmain/index.js',
    'spoor://app/%2e%2e/main/index.js',
    'spoor://other/index.html',
    'spoor://app/%5c..',
    'spoor://app/assets',
    'spoor://app/%'
  ])('is all there is: %s is not found', async (url) => expect((await get(url))[0]).toBe(404))
})

describe('what only the shell can do', () => {
  it('asks for files and cases with the system’s dialogs', async () => {
    electron.answers.files = ['/logs/a.json', '/logs/b.csv']
    expect(await shell.chooseFiles()).toEqual(['/logs/a.json', '/logs/b.csv'])
    electron.answers.files = []
    expect([await shell.chooseFiles(), await shell.chooseCase()]).toEqual([[], null])
    expect(shell.pathOf({ path: '/logs/a.json' })).toBe('/logs/a.json')
  })

  it('saves where the analyst says, or nowhere', async () => {
    electron.answers.save = ''
    await shell.saveText('events.csv', 'a,b')
    electron.answers.save = join(home, 'events.csv')
    await shell.saveText('events.csv', 'a,b')
    expect(readFileSync(join(home, 'events.csv'), 'utf8')).toBe('a,b')
  })

  it('opens links of the web and nothing that could run a program', async () => {
    await shell.openLink('https://www.elastic.co/docs')
    for (const url of ['file:///bin/sh', 'smb://evil.example/x', 'javascript:1', 'spoor://app/'])
      await shell.openLink(url)
    expect(electron.opened).toEqual(['https://www.elastic.co/docs'])
  })

  it('is refused to any page but ours', async () => {
    for (const url of ['https://evil.example/', 'spoor://app.evil/']) {
      const foreign = { senderFrame: { parent: null, url } }
      await expect(electron.ipcMain.invoke(foreign as never, 'save-text', 'x', 'y')).rejects.toThrow(
        /Only the application/
      )
    }
    const inner = { senderFrame: { parent: frame, url: frame.url } }
    await expect(electron.ipcMain.invoke(inner as never, 'choose-files')).rejects.toThrow(/Only the application/)
  })
})

describe('the engine', () => {
  it('runs in a process of its own with room for long queries, and answers the page over the port it was handed', async () => {
    expect(electron.forks.length).toBe(1)
    expect(electron.forks[0]?.options.env).toMatchObject({
      UV_THREADPOOL_SIZE: '16',
      SPOOR_HOME: home,
      SPOOR_VERSION: '0.1.0'
    })
    const about = await page.engine.about()
    expect([about.version, about.casesFolder]).toEqual(['0.1.0', join(home, 'cases')])
    const log = join(home, 'log.json')
    writeFileSync(log, '{"time":"2026-03-09T09:41:07Z","user":"zoë","action":"key.create"}\n')
    await page.engine.createCase({ name: 'crash' })
    const { evidence } = await page.engine.importPaths({ paths: [log] })
    expect(evidence[0]?.events).toBe(1)
  })

  it('has the operating system seal secrets, which only the main process can, and finds them again', async () => {
    const key = 'a root key: nobody may see it'
    expect(await page.engine.vault()).toEqual({ kind: 'keychain', state: 'open' })
    const settings = { base: 'http://127.0.0.1:9' }
    const saved = await page.engine.saveConnection({ name: 'Unkey', connector: 'unkey', settings, secrets: { key } })
    expect(saved.secrets['key']).toBe('kept')
    const kept = readFileSync(join(home, 'secrets.json'), 'utf8')
    expect(kept).not.toContain(key)
    // Read back to be sent: what is in the way is the port, not the secret.
    const { steps } = await page.engine.testConnection(saved.id)
    expect(steps).toMatchObject([{ what: 'connection', state: 'failed' }])
    writeFileSync(join(home, 'secrets.json'), kept.replace(/"sealed": "..../, '"sealed": "AAAA'))
    const torn = await page.engine.testConnection(saved.id)
    const sentence = 'The secret unkey/key cannot be read any more: it was changed. Give it anew in the connection.'
    expect(torn).toMatchObject({ ok: false, steps: [{ state: 'failed', sentence }] })
    await page.engine.removeConnection(saved.id)
  })

  it('is started again when it dies: what was under way fails with a message, and the case can be opened again', async () => {
    const said: string[] = []
    page.onState((state, why) => said.push(why ? `${state}: ${why}` : state))
    vi.spyOn(Date, 'now').mockReturnValueOnce(Date.now() + 60_000)
    const endless = page.engine.sql(
      'SELECT count(*) FROM range(100000000000) a, range(100000) b WHERE a.range % 7 = b.range % 5',
      1
    )
    const failed = expect(endless).rejects.toMatchObject({
      code: 'engine_gone',
      message: 'The engine is being started again.'
    })
    await page.engine.caseState()
    electron.forks[0]?.process.kill()
    await failed
    expect(await page.engine.caseState()).toBeNull()
    expect(electron.forks.length).toBe(2)
    expect(said).toEqual(['lost: The engine is being started again.', 'ready'])
    expect((await page.engine.openCase(join(home, 'cases', 'crash.spoor'))).events).toBe(1)
  })

  it('is not started again and again: when it dies at once, the analyst is asked', async () => {
    electron.answers.button = 0
    electron.forks.at(-1)?.process.kill()
    await vi.waitFor(() => expect(electron.messages).toEqual(['The engine cannot be kept running (exit code 1).']))
    await vi.waitFor(() => expect(electron.forks.length).toBe(3))
    expect((await page.engine.about()).version).toBe('0.1.0')
  })

  it('takes ports only from the page’s own window', async () => {
    const { MessageChannel } = await import('node:worker_threads')
    const { port1 } = new MessageChannel()
    const waiting = portChannel({ ...shell, requestPort: () => {} })
    pageWindow.dispatchEvent(Object.assign(new Event('message'), { data: enginePort, ports: [port1], source: {} }))
    const first = await Promise.race([waiting, new Promise((done) => setTimeout(() => done('not taken'), 50))])
    expect(first).toBe('not taken')
    port1.close()
  })
})

describe('commands', () => {
  const heard: HostCommand[] = []

  it('wait until the page listens', async () => {
    const file = join(home, 'log.json')
    electron.app.emit('open-file', { preventDefault: () => {} }, file)
    shell.onCommand((command) => heard.push(command))
    expect(heard).toEqual([
      { do: 'import', paths: [join(home, 'first.json')] },
      { do: 'import', paths: [file] }
    ])
    heard.length = 0
  })

  it('come from a second start, which brings the window to the front', () => {
    mainWindow().minimized = true
    const folder = join(home, 'cases', 'crash.spoor')
    electron.app.emit('second-instance', {}, ['spoor', '--flag', root, 'log.json', folder, 'gone.json'], home)
    expect(heard).toEqual([
      { do: 'open-case', folder },
      { do: 'import', paths: [join(home, 'log.json')] }
    ])
    expect(mainWindow().done.slice(-2)).toEqual(['restore', 'focus'])
  })

  it('come from the menu', () => {
    const items = electron.menus.at(-1)?.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : [])) ?? []
    for (const label of [
      'Open a Log…',
      'Open a Case…',
      'Open the Sample Case',
      'Close Case',
      'Find',
      'Keys',
      'About Spoor'
    ]) {
      heard.length = 0
      items.find((item) => item.label === label)?.click?.({} as never, undefined, {} as never)
      expect([label, heard.length]).toEqual([label, 1])
    }
    expect(heard).toEqual([{ do: 'about' }])
  })
})

describe('a second start', () => {
  it('ends at once, without a window and without an engine', async () => {
    const second = standIn(root)
    second.app.first = false
    await loadMain(second, 2)
    second.app.becomeReady()
    await new Promise((done) => setTimeout(done, 50))
    expect([second.app.quits, second.windows.length, second.forks.length]).toEqual([1, 0, 0])
  })
})
