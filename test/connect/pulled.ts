import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PullProgress, PullRequest } from '../../src-main/contract/connect'
import type { Connector } from '../../src-main/contract/connector'
import { type Connected, connect } from '../../src-main/engine/connect/connected'
import { defined } from '../../src-main/engine/connect/connectors'
import type { PartLimits } from '../../src-main/engine/connect/journal'
import { type JournalLine, journalLines, type PartLine } from '../../src-main/engine/connect/journal-lines'
import { readsOf } from '../../src-main/engine/connect/parts'
import { Pull } from '../../src-main/engine/connect/pull'
import type { PullOptions } from '../../src-main/engine/connect/pull-options'
import { plainToken } from '../servers/pages'

/** A connector from its text; a test that gives a faulty one fails here. */
export function connectorFrom(yaml: string): Connector {
  const { connector, fault } = defined('plain.yaml', yaml)
  if (!connector) throw new Error(fault)
  return connector
}

export const ready = (yaml: string, base: string, settings: Readonly<Record<string, unknown>> = {}): Connected =>
  connect(connectorFrom(yaml), { base, timeout: 2, ...settings }, { token: plainToken })

export interface Asked {
  readonly connected: Connected
  readonly folder: string
  /** Where parts are once they were imported. */
  readonly evidence?: string
  readonly request?: Omit<PullRequest, 'connection'>
  readonly limits?: PartLimits
  readonly reached?: PullOptions['reached']
  readonly onProgress?: (progress: Omit<PullProgress, 'imported'>, pull: Pull) => void
  /** Real waits, instead of none. */
  readonly waiting?: true
  readonly waited?: (milliseconds: number) => void
}

export interface Made {
  readonly pull: Pull
  readonly parts: PartLine[]
  readonly told: JournalLine[]
}

/** A pull into a folder, without a case; the waits between attempts are left out. */
export function newPull({
  connected,
  folder,
  evidence,
  request = {},
  limits,
  reached = () => undefined,
  onProgress = () => {},
  waiting,
  waited = () => {}
}: Asked): Made {
  const parts: PartLine[] = []
  const told: JournalLine[] = []
  const pull: Pull = new Pull({
    connected,
    folder,
    begin: {
      id: 'plain-20261121-120000',
      connection: 'plain',
      name: 'Plain',
      connector: 'plain',
      hosts: [...connected.network.hosts],
      at: '2026-11-21T12:00:00.000Z',
      by: 'tester',
      version: 'test',
      settings: '',
      reads: readsOf(connected)
    },
    request,
    reached,
    now: Date.now,
    progress: (progress) => onProgress(progress, pull),
    partEnded: (part) => parts.push(part),
    told: async (lines) => void told.push(...lines),
    ...(evidence === undefined ? {} : { evidence }),
    ...(limits ? { limits } : {}),
    ...(waiting
      ? {}
      : {
          pause: async (milliseconds, signal) => {
            waited(milliseconds)
            signal.throwIfAborted()
          }
        })
  })
  return { pull, parts, told }
}

/** The ids of all events in the parts of a folder, in their order, after every answer's bytes were checked against its SHA-256. */
export function keptIds(
  folder: string,
  list: (answer: unknown) => readonly { readonly id: string }[]
): readonly string[] {
  const lines = journalLines(join(folder, 'requests.jsonl'))
  const files = new Map<string, Buffer>()
  const ids: string[] = []
  for (const line of lines) {
    if (!('request' in line) || line.request.part === undefined) continue
    const { part, offset = 0, length = 0, sha256, events } = line.request
    const bytes = files.get(part) ?? readFileSync(join(folder, part))
    files.set(part, bytes)
    const body = bytes.subarray(offset, offset + length)
    const hash = createHash('sha256').update(body).digest('hex')
    if (hash !== sha256) throw new Error(`${part} at ${offset}: ${hash}, but the journal says ${sha256}`)
    const found = list(JSON.parse(body.toString('utf8')))
    if (found.length !== events)
      throw new Error(`${part} at ${offset}: ${found.length} events, but the journal says ${events}`)
    ids.push(...found.map(({ id }) => id))
  }
  for (const line of lines) {
    if (!('part' in line)) continue
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, line.part.name)))
      .digest('hex')
    if (hash !== line.part.sha256)
      throw new Error(`${line.part.name}: ${hash}, but the journal says ${line.part.sha256}`)
  }
  return ids
}
