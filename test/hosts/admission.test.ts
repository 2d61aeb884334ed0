import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { builtPages } from '../../src-main/host-node/pages'
import { type LoopbackHost, startServer } from '../../src-main/host-node/server'
import { Spool } from '../../src-main/host-node/spool'

const folder = mkdtempSync(join(tmpdir(), 'spoor-admission-'))
let host: LoopbackHost
let connected = 0

beforeAll(async () => {
  const pages = join(folder, 'renderer')
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<title>Spoor</title>')
  writeFileSync(join(pages, 'assets', 'page-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'not for the page')
  const served = { engine: {} as never, connect: () => void connected++ }
  const spool = new Spool(join(folder, 'home'))
  host = await startServer({ served, pages: builtPages(pages), spool, port: 0, commands: [{ do: 'about' }] })
})
afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

function ask(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const { statusCode: status = 0, headers: got } = response
        resolve({ status, headers: got, body: Buffer.concat(chunks).toString() })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The cookie that a fresh address is exchanged for. */
async function cookie(): Promise<string> {
  const { pathname, search } = new URL(host.newAddress())
  const { headers } = await ask(pathname + search)
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}
const origin = () => `http://127.0.0.1:${host.port}`

describe('the address', () => {
  it('lets in once, by a cookie for this port that no script and no other site can use', async () => {
    const { pathname, search } = new URL(host.newAddress())
    const first = await ask(pathname + search)
    expect(first.status).toBe(200)
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^spoor-${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)
    )
    const second = await ask(pathname + search)
    expect(second.status).toBe(401)
    expect(second.headers['set-cookie']).toBeUndefined()
  })

  it('asks for the page itself once the cookie is set, so that it comes along', async () => {
    const { pathname, search } = new URL(host.newAddress())
    expect((await ask(pathname + search)).body).toContain('<meta http-equiv="refresh" content="0; url=/">')
    const page = await ask('/', { headers: { cookie: await cookie() } })
    expect([page.status, page.body]).toEqual([200, '<title>Spoor</title>'])
  })

  it.each(['/', '/assets/page-1a2b.js', '/?token=', '/?token=guess'])('is needed for %s', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(401)
    expect(body).toContain('Start Spoor again')
  })

  it('is not opened by the cookie of another host', async () => {
    const { status } = await ask('/', { headers: { cookie: `spoor-${host.port}=${'A'.repeat(43)}` } })
    expect(status).toBe(401)
  })
})

describe('a foreign page', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1'])(
    'gets nothing by the name %s',
    async (name) => {
      const { status } = await ask('/', { headers: { host: name, cookie: await cookie() } })
      expect(status).toBe(421)
    }
  )

  it.each([undefined, 'null', 'https://evil.example', 'http://127.0.0.1:1'])('may not send from %s', async (from) => {
    const headers = { cookie: await cookie(), ...(from && { origin: from }) }
    expect((await ask('/upload?name=a.json', { method: 'POST', headers, body: '{}' })).status).toBe(403)
    expect((await ask('/commands', { method: 'POST', headers })).status).toBe(403)
  })
})

describe('the page', () => {
  it('comes with a policy that allows nothing from elsewhere', async () => {
    const { headers } = await ask('/', { headers: { cookie: await cookie() } })
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'"
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
    '//etc/passwd',
    '/assets'
  ])('is all there is: %s is not found', async (path) => {
    const { status, body } = await ask(path, { headers: { cookie: await cookie() } })
    expect([status, body]).toEqual([404, 'There is no such page.'])
  })

  it('is told once what to do first', async () => {
    const headers = { cookie: await cookie(), origin: origin() }
    expect((await ask('/commands', { method: 'POST', headers })).body).toBe('[{"do":"about"}]')
    expect((await ask('/commands', { method: 'POST', headers })).body).toBe('[]')
  })
})

describe('a file handed over', () => {
  const send = async (name: string, body: string) =>
    ask(`/upload?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { cookie: await cookie(), origin: origin() },
      body
    })

  it('arrives under its own name in a folder of its own, which only this user can read', async () => {
    const { status, body } = await send('audit “März” 🗝.json', '{"a":1}')
    expect(status).toBe(200)
    const { path } = JSON.parse(body) as { path: string }
    expect(path).toMatch(/spool\/\d+-[0-9a-f]{12}\/[0-9a-f]{24}\/audit “März” 🗝\.json$/)
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}')
  })

  it.each([
    ['../../../etc/cron.d/x', 'x'],
    ['C:\\logs\\day.csv', 'day.csv'],
    ['..', 'unnamed'],
    ['', 'unnamed'],
    ['a\0b', 'ab']
  ])('called %j is kept as %j', async (name, kept) => {
    const { path } = JSON.parse((await send(name, 'x')).body) as { path: string }
    expect(path.split('/').at(-1)).toBe(kept)
    expect(path.startsWith(join(folder, 'home', 'spool'))).toBe(true)
  })

  it('leaves nothing behind when the browser goes away in the midst of it', async () => {
    const before = spooled()
    const head = [
      'POST /upload?name=half.json HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      `Origin: ${origin()}`,
      `Cookie: ${await cookie()}`,
      'Content-Length: 1000'
    ]
    const socket = connect(host.port, '127.0.0.1')
    socket.write(`${head.join('\r\n')}\r\n\r\n{"half`)
    await expect.poll(spooled).toBe(before + 1)
    socket.destroy()
    await expect.poll(spooled).toBe(before)
  })
})

const spooled = (): number =>
  readdirSync(join(folder, 'home', 'spool')).flatMap((one) => readdirSync(join(folder, 'home', 'spool', one))).length

describe('the socket', () => {
  const open = (headers: Record<string, string>, path = '/engine') =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers })
      socket.on('open', () => {
        socket.close()
        resolve(101)
      })
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('error', () => {})
    })

  it('opens for our own page with the cookie', async () => {
    const before = connected
    expect(await open({ cookie: await cookie(), origin: origin() })).toBe(101)
    expect(connected).toBe(before + 1)
  })

  it('stays closed without the cookie, for a foreign page, by a foreign name, elsewhere', async () => {
    const own = { cookie: await cookie(), origin: origin() }
    const before = connected
    expect(await open({ origin: origin() })).toBe(401)
    expect(await open({ ...own, origin: 'https://evil.example' })).toBe(403)
    expect(await open({ cookie: own.cookie })).toBe(403)
    expect(await open({ ...own, host: 'evil.example' })).toBe(421)
    expect(await open(own, '/')).toBe(404)
    expect(connected).toBe(before)
  })
})
