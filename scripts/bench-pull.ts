// How much slower a pull is than a bare loop that fetches the same pages and throws them away: bench-pull [pages] [rounds] [ms a page]
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connector } from '../src-main/contract/connector'
import { connect } from '../src-main/engine/connect/connected'
import { Pull } from '../src-main/engine/connect/pull'

const [pages = 1000, rounds = 5, delay = 5] = process.argv.slice(2).map(Number)
const onPage = 100

/** A page of events, each some 600 bytes long, as a server sends it. */
function pageText(page: number): Buffer {
  const events = Array.from({ length: onPage }, (_, index) => {
    const number = page * onPage + index
    return {
      id: `event-${String(number).padStart(9, '0')}`,
      time: new Date(1_790_000_000_000 - number * 1000).toISOString(),
      type: 'user.session.start',
      actor: {
        id: `00u${number % 997}`,
        type: 'User',
        name: `Person ${number % 997}`,
        email: `person${number % 997}@example.com`
      },
      client: {
        ip: `198.51.${number % 256}.${(number * 7) % 256}`,
        agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'
      },
      outcome: { result: number % 11 ? 'SUCCESS' : 'FAILURE' },
      target: [{ id: `0oa${number % 53}`, type: 'AppInstance', name: `Application ${number % 53}` }],
      detail: { requestId: `req-${number}`, session: `102${number}`, factor: 'token:software:totp', zone: 'null' }
    }
  })
  return Buffer.from(JSON.stringify(events))
}

function serve(): void {
  const bodies = Array.from({ length: pages }, (_, page) => pageText(page))
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('page') ?? 0)
    const body = bodies[page] as Buffer
    const next = page + 1 < pages ? { link: `</log?page=${page + 1}>; rel="next"` } : {}
    const send = () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, ...next })
      response.end(body)
    }
    if (delay) setTimeout(send, delay)
    else send()
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

/** The bare loop: the same client, the same pages, nothing kept. */
async function bare(base: string): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  const started = performance.now()
  let address: string | undefined = `${base}/log`
  while (address) {
    const from: string = address
    address = await new Promise<string | undefined>((resolve, reject) => {
      get(from, { agent }, (response) => {
        const next = /<([^>]+)>/.exec(String(response.headers.link ?? ''))?.[1]
        response.resume()
        response.on('end', () => resolve(next && new URL(next, from).href))
      }).on('error', reject)
    })
  }
  agent.destroy()
  return performance.now() - started
}

const connector: Connector = {
  id: 'bench',
  title: 'Bench',
  settings: { type: 'object', properties: { base: { type: 'string' } } },
  auth: { kind: 'none' },
  streams: {
    events: {
      title: 'Events',
      request: { url: '{base}/log' },
      id: 'id',
      time: 'time',
      order: 'newest',
      paging: { kind: 'link' }
    }
  }
}

async function pulled(base: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-bench-'))
  const connected = connect(connector, { base }, {})
  const begin = {
    id: 'bench-1',
    connection: 'bench',
    name: 'Bench',
    connector: 'bench',
    hosts: [],
    at: '',
    by: '',
    version: '',
    settings: ''
  }
  const pull = new Pull({
    connected,
    folder,
    begin,
    request: {},
    reached: () => undefined,
    now: Date.now,
    progress: () => {},
    partEnded: () => {},
    told: async () => {}
  })
  const started = performance.now()
  await pull.run()
  const took = performance.now() - started
  const { events } = pull.books
  if (events !== pages * onPage) throw new Error(`${events} events came of ${pages * onPage}: ${pull.report().fault}`)
  rmSync(folder, { recursive: true })
  return took
}

async function measure(): Promise<void> {
  const child = fork(process.argv[1] as string, process.argv.slice(2), {
    env: { ...process.env, SPOOR_BENCH: 'serve' }
  })
  const port = await new Promise((resolve) => child.once('message', resolve))
  const base = `http://127.0.0.1:${port}`
  await bare(base)
  const ratios: number[] = []
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [one, two] = [await bare(base), await pulled(base)]
    ratios.push(one / two)
    took.push(two)
    console.log(
      `  bare ${(one / 1000).toFixed(2)} s, pulled ${(two / 1000).toFixed(2)} s: ${((100 * one) / two).toFixed(0)} % of its rate`
    )
  }
  child.kill()
  const middle = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] as number
  console.log(JSON.stringify({ pages, events: pages * onPage, ratio: middle(ratios), seconds: middle(took) / 1000 }))
}

if (process.env['SPOOR_BENCH'] === 'serve') serve()
else await measure()
