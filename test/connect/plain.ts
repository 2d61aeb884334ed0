import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { PullProgress } from '../../src-main/contract/connect'
import { type Log, pages, plainToken } from '../servers/pages'
import type { StandIn, Trouble } from '../servers/strict-server'
import { type Connected, connectedEngine } from './engine'

const ways: Readonly<Record<Log['by'], string>> = {
  cursor: 'list: data\n    paging: { kind: cursor, next: next }',
  link: 'paging: { kind: link }',
  url: `list: value\n    paging: { kind: url, next: '"@next.link"' }`,
  offset: 'list: data\n    total: total\n    paging: { kind: offset }',
  page: 'list: results\n    total: pagination.count\n    paging: { kind: page, next: pagination.next }'
}

/** The definition of a connector for the plain log, as an analyst would write it. */
export const plainConnector = (by: Log['by'], order: Log['order'], more = ''): string => `id: plain
title: Plain log
settings: { type: object, required: [base], properties: { base: { type: string, title: Address }, token: { type: string, format: password } } }
auth: { kind: bearer, token: "{token}" }
streams:
  events:
    title: Plain events
    request:
      url: "{base}/log"
      query: { limit: "{size}", cursor: "{cursor}", offset: "{offset}", page: "{page}", since: "{since}", until: "{until}" }
    id: id
    time: time
    order: ${order}
    window: iso
    size: { usual: 100, most: 100 }
    ${ways[by]}
${more}`

export interface Plain extends Connected {
  readonly server: StandIn
}

/** A real engine connected to a plain log. */
export async function plain(
  log: Log,
  {
    trouble,
    onProgress,
    definition
  }: { trouble?: Trouble; onProgress?: (progress: PullProgress) => void; definition?: string } = {}
): Promise<Plain> {
  const server = await pages(log, trouble)
  onTestFinished(() => server.close())
  const made = await connectedEngine(onProgress)
  await mkdir(join(made.home, 'connectors'), { recursive: true })
  await writeFile(join(made.home, 'connectors', 'plain.yaml'), definition ?? plainConnector(log.by, log.order))
  await made.engine.saveConnection({
    name: 'Plain',
    connector: 'plain',
    settings: { base: server.url, timeout: 2 },
    secrets: { token: plainToken }
  })
  return { ...made, server }
}
