import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Ajv, type ErrorObject } from 'ajv'
import { LineCounter, parseDocument } from 'yaml'
import type { ConnectorInfo } from '../../contract/connect'
import type { Connector } from '../../contract/connector'
import { AppError } from '../../contract/errors'
import { connectorSchema } from './connector-schema'
import { deliveries, listenSettings } from './listening'
import { networkSettings } from './network'
import { secretsIn } from './secrets-in'

const check = new Ajv({ strict: false, allErrors: false }).compile<Connector>(connectorSchema)

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
  const faulty = (line: number, sentence: string): Defined => ({
    id,
    file,
    fault: `${file}, line ${line}: ${sentence}`
  })
  const [broken] = document.errors
  if (broken) return faulty(lines.linePos(broken.pos[0]).line, broken.message.split('\n')[0] ?? '')
  const connector: unknown = document.toJS()
  if (check(connector)) return { id, file, connector }
  const error = worst(check.errors ?? [])
  const at = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const node = at.length ? document.getIn(at, true) : document.contents
  const offset = (node as { range?: readonly number[] } | null | undefined)?.range?.[0] ?? 0
  const extra = error.params['additionalProperty'] as string | undefined
  const allowed = error.params['allowedValues'] as readonly string[] | undefined
  const where = at.length ? at.join('.') : 'the definition'
  const why = extra
    ? `no such key: ${extra}`
    : allowed
      ? `is not one of ${allowed.join(', ')}`
      : (error.message ?? 'is not valid')
  return faulty(lines.linePos(offset).line, `${where} ${why}`)
}

/** Of the faults that alternatives have, the one that lies deepest: that of the alternative that was meant. */
const worst = (errors: readonly ErrorObject[]): ErrorObject =>
  [...errors]
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if')
    .sort((a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length)[0] ??
  (errors[0] as ErrorObject)

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
