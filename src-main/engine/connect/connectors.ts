import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { ConnectorInfo } from '../../contract/connect'
import type { Connector } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { deliveries, listenSettings } from './listening'
import { networkSettings } from './network'
import { readConnector } from './read-connector'
import { secretsIn } from './secrets-in'

interface Defined {
  readonly id: string
  readonly file: string
  readonly connector?: Connector
  readonly fault?: string
}

/** The connectors there are: those that come with the application, and own ones, which take the place of those. */
export class Connectors {
  readonly #shipped: string
  readonly #own: string

  constructor(resources: string, home: string) {
    this.#shipped = join(resources, 'connectors')
    this.#own = join(home, 'connectors')
  }

  async list(): Promise<ConnectorInfo[]> {
    const [shipped, own] = await Promise.all([definitions(this.#shipped), definitions(this.#own)])
    const infos = new Map(shipped.map((one) => [one.id, infoOf(one, 'shipped')]))
    for (const one of own) infos.set(one.id, infoOf(one, infos.has(one.id) ? 'replaces' : 'own'))
    return [...infos.values()]
  }

  async get(id: string): Promise<Connector> {
    const all = [...(await definitions(this.#own)), ...(await definitions(this.#shipped))]
    const found = all.find((one) => one.id === id)
    if (!found)
      throw new AppError(
        'connector_unknown',
        `There is no connector “${id}”. There are: ${all.map((one) => one.id).join(', ')}.`
      )
    if (!found.connector) throw new AppError('connector_invalid', found.fault ?? '', { file: found.file })
    return found.connector
  }
}

async function definitions(folder: string): Promise<Defined[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // A person who has written none has no folder for them.
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => /\.ya?ml$/i.test(name)).sort()
  return Promise.all(files.map(async (name) => defined(join(folder, name), await readFile(join(folder, name), 'utf8'))))
}

/** A connector from its YAML text, or what is wrong with it, with file and line. */
export function defined(file: string, text: string): Defined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const id = String(document.get('id') ?? basename(file).replace(/\.ya?ml$/i, ''))
  const read = readConnector(document)
  if ('connector' in read) return { id, file, connector: read.connector }
  return { id, file, fault: `${file}, line ${Math.max(1, lines.linePos(read.offset).line)}: ${read.sentence}` }
}

function streamInfos({ streams, receive }: Connector): ConnectorInfo['streams'] {
  if (receive) return [{ name: deliveries, title: receive.title }]
  if (typeof streams === 'string') return [{ name: 'events', title: 'Events' }]
  return Object.entries(streams).map(([name, stream]) => ({ name, title: stream.title }))
}

function infoOf({ id, file, connector, fault }: Defined, origin: ConnectorInfo['origin']): ConnectorInfo {
  const settings = connector?.settings ?? { type: 'object' as const, properties: {} }
  const common = connector?.receive ? listenSettings : networkSettings
  const all = { ...settings, properties: { ...settings.properties, ...common } }
  const { title = id, vendor = '', documentation, support, prepare } = connector ?? {}
  return {
    id,
    title,
    vendor,
    ...(documentation === undefined ? {} : { documentation }),
    ...(support === undefined ? {} : { support }),
    ...(prepare === undefined ? {} : { prepare }),
    settings: all,
    network: connector?.receive ? ['name', 'certificate', 'key'] : Object.keys(networkSettings),
    ...(connector?.receive ? { receives: true as const } : {}),
    secrets: secretsIn(all),
    streams: connector ? streamInfos(connector) : [],
    origin,
    file,
    ...(fault === undefined ? {} : { fault })
  }
}
