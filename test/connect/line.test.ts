import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Line } from '../../src-main/engine/connect/line'
import { type Network, networkOf } from '../../src-main/engine/connect/network'
import { networkFault } from '../../src-main/engine/connect/network-fault'
import { proxy } from '../servers/proxy'
import { standIn } from '../servers/strict-server'

const pem = (name: string) => readFileSync(join(resolve(import.meta.dirname, '../fixtures/connect'), name), 'utf8')
const signal = new AbortController().signal

function line(url: string, settings: Readonly<Record<string, unknown>> = {}, secret?: string): Line {
  const network: Network = networkOf({ timeout: 3, ...settings }, () => secret, [new URL(url).origin])
  const made = new Line(network)
  onTestFinished(() => made.close())
  return made
}

const got = async (on: Line, url: string) => on.send({ method: 'GET', url, headers: {} }, signal)

async function raw(answer: (accepts: string) => { headers: Record<string, string>; body: Buffer }): Promise<string> {
  const server = createServer((request, response) => {
    const { headers, body } = answer(String(request.headers['accept-encoding']))
    response.writeHead(200, headers).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('a request', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync]
  ])('reads an answer that is compressed with %s, and says so', async (encoding, pack) => {
    const url = await raw(() => ({ headers: { 'content-encoding': encoding }, body: pack('[{"id":1}]') }))
    const answer = await got(line(url), url)
    expect(answer).toMatchObject({ status: 200, encoding })
    expect(answer.body.toString()).toBe('[{"id":1}]')
  })

  it('refuses an answer that grows beyond all measure when it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(257 << 20))
    expect(bomb.length).toBeLessThan(1 << 20)
    const url = await raw(() => ({ headers: { 'content-encoding': 'gzip' }, body: bomb }))
    await expect(got(line(url, { timeout: 30 }), url)).rejects.toThrow('One answer has more than 256 MiB')
  })

  it('takes an answer whose compression was cut off for one that did not come', async () => {
    const url = await raw(() => ({
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('x'.repeat(10_000)).subarray(0, 20)
    }))
    const error = await got(line(url), url).catch((one: unknown) => one)
    expect(networkFault(error, url)).toMatchObject({ what: 'connection', passing: true })
  })

  it('refuses a proxy that is to be asked over https, and says what to write', () => {
    const settings = { proxy: 'https://proxy.example:3128' }
    expect(() => networkOf(settings, () => undefined, [])).toThrow('a proxy is asked over http:// only')
  })

  it('goes to a plain server through a proxy', async () => {
    const [server, way] = await Promise.all([standIn(({ headers }) => ({ body: headers.host })), proxy('open sesame')])
    onTestFinished(() => Promise.all([server.close(), way.close()]).then(() => {}))
    const on = line(server.url, { proxy: way.url, proxyUser: 'auditor' }, 'open sesame')
    expect((await got(on, `${server.url}/a?b=c`)).body.toString()).toBe(`127.0.0.1:${server.port}`)
    expect(way.asked).toEqual([`GET ${server.url}/a?b=c`])
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined()
  })

  it('goes to an encrypted server through a tunnel, in which a certificate is looked at as ever', async () => {
    const server = await standIn(() => ({ body: ['secret'] }), { key: pem('trusted.key'), cert: pem('trusted.crt') })
    const way = await proxy()
    onTestFinished(() => Promise.all([server.close(), way.close()]).then(() => {}))
    const on = line(server.url, { proxy: way.url, ca: pem('authority.crt') })
    expect((await got(on, server.url)).body.toString()).toBe('["secret"]')
    expect((await got(on, server.url)).status).toBe(200)
    // One tunnel for both.
    expect(way.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`])
    const error = await got(line(server.url, { proxy: way.url }), server.url).catch((one: unknown) => one)
    expect(networkFault(error, server.url)).toMatchObject({ what: 'certificate', passing: false })
  })

  it('looks at certificates whatever the environment says, with a proxy and without', async () => {
    const server = await standIn(() => ({ body: ['secret'] }), { key: pem('trusted.key'), cert: pem('trusted.crt') })
    const way = await proxy()
    onTestFinished(() => Promise.all([server.close(), way.close()]).then(() => {}))
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    for (const settings of [{}, { proxy: way.url }]) {
      const error = await got(line(server.url, settings), server.url).catch((one: unknown) => one)
      expect(networkFault(error, server.url)).toMatchObject({ what: 'certificate' })
    }
    expect(server.requests).toHaveLength(0)
  })

  it('says what a proxy wants', async () => {
    const way = await proxy('open sesame')
    onTestFinished(() => way.close())
    const url = 'https://id.example.com/'
    const error = await got(line(url, { proxy: way.url, proxyUser: 'auditor' }, 'wrong'), url).catch(
      (one: unknown) => one
    )
    expect(networkFault(error, url)?.sentence).toBe(
      'The proxy does not let us through to id.example.com: it wants a user and a password: give them in the connection.'
    )
  })

  it('ends after so many seconds of silence', async () => {
    const server = await standIn(() => ({ after: 4000, body: [] }))
    onTestFinished(() => server.close())
    const error = await got(line(server.url, { timeout: 1 }), server.url).catch((one: unknown) => one)
    expect(networkFault(error, server.url)?.sentence).toContain('does not answer in time')
  })

  it('goes to no host but those of its connection', async () => {
    const other = await standIn(() => ({ body: [] }))
    onTestFinished(() => other.close())
    await expect(got(line('http://127.0.0.1:1/'), other.url)).rejects.toThrow(
      'but this connection may contact 127.0.0.1:1 only'
    )
    expect(other.requests).toHaveLength(0)
  })

  it('goes to its host in no other way than its address says, and with no user that an answer names', async () => {
    const server = await standIn(() => ({ body: [] }))
    onTestFinished(() => server.close())
    const secure = server.url.replace('http:', 'https:')
    await expect(got(line(secure, { unencrypted: true }), server.url)).rejects.toThrow(
      `The server names ${server.url}, but this connection may contact ${secure} only. Nothing was sent there.`
    )
    const named = server.url.replace('//', '//admin:changeme@')
    await expect(got(line(server.url), named)).rejects.toThrow('with a user or a password in it')
    expect(server.requests).toHaveLength(0)
  })
})
