import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PullReport } from '../../contract/connect'
import type { VerifyResult } from '../../contract/evidence'
import { custodyLines } from '../evidence/custody'
import { Journal } from './journal'
import { journalLines, type PartLine, type RequestLine } from './journal-lines'
import { PullFolders } from './pull-folder'

type Check = VerifyResult['checks'][number]

/** Checks that the journals of a case's pulls are those that were closed then, and that every answer is still as it came. */
export async function verifyPulls(folder: string): Promise<readonly Check[]> {
  const folders = new PullFolders(folder)
  const closed = closedIn(custodyLines(join(folder, 'custody.jsonl')))
  const checks: Check[] = []
  for (const { id, name, startedAt, endedAt } of folders.list()) {
    const of = `${name}, pulled ${startedAt}`
    const then = closed.get(id)
    // One that went on since is no more as it was closed.
    if (endedAt !== undefined || then?.wentOn === false) checks.push(await journalCheck(of, folders, id, then?.journal))
    checks.push(await answersCheck(of, folder, folders.of(id)))
  }
  const known = new Set(folders.list().map(({ id }) => id))
  const ids = new Set(folders.ids())
  for (const id of ids)
    if (!known.has(id) && !(folders.isEmpty(id) && !closed.has(id)))
      checks.push({ what: `${id}: the journal of its requests`, clean: false, found: 'it cannot be read' })
  for (const id of closed.keys())
    if (!ids.has(id))
      checks.push({
        what: `${id}: the journal of its requests`,
        clean: false,
        found: 'it is missing from the folder pulls'
      })
  return checks
}

interface Closed {
  /** The SHA-256 that its journal had. */
  readonly journal: string
  readonly wentOn: boolean
}

/** Every pull that came to an end, as the chain of custody has it. */
function closedIn(lines: readonly string[]): ReadonlyMap<string, Closed> {
  const closed = new Map<string, Closed>()
  for (const line of lines) {
    const isEnd = line.includes('"did":"pulled"')
    if (!isEnd && !line.includes('"did":"connected"')) continue
    const told = toldIn(line)
    const before = told && closed.get(told.pull)
    if (told && isEnd) closed.set(told.pull, { journal: told.journal ?? '', wentOn: false })
    else if (told && before) closed.set(told.pull, { ...before, wentOn: true })
  }
  return closed
}

/** A line that is broken is found out where the chain is looked at. */
function toldIn(line: string): (Pick<PullReport, 'journal'> & { readonly pull: string }) | undefined {
  try {
    return JSON.parse(line).detail
  } catch {
    return undefined
  }
}

async function journalCheck(of: string, folders: PullFolders, id: string, then: string | undefined): Promise<Check> {
  const what = `${of}: SHA-256 of the journal of its requests`
  const now = existsSync(join(folders.of(id), Journal.file)) ? await folders.hash(id) : 'the journal is missing'
  if (now === then) return { what, clean: true, found: now }
  return { what, clean: false, found: `${now}, but ${then ?? 'nothing'} in the chain of custody` }
}

async function answersCheck(of: string, folder: string, own: string): Promise<Check> {
  const lines = journalLines(join(own, Journal.file))
  const parts = new Map(lines.flatMap((line) => ('part' in line ? [[line.part.name, line.part] as const] : [])))
  const answers = new Map<string, RequestLine[]>()
  for (const line of lines) {
    if (!('request' in line) || line.request.part === undefined) continue
    const of = answers.get(line.request.part)
    if (of) of.push(line.request)
    else answers.set(line.request.part, [line.request])
  }
  const differing: string[] = []
  let count = 0
  for (const [name, requests] of answers) {
    count += requests.length
    differing.push(...(await differingIn(pathOf(folder, own, name, parts.get(name)), requests)))
  }
  const what = `${of}: answers against the journal of its requests`
  const found = differing.length
    ? differing.slice(0, 5).join('; ')
    : `${count.toLocaleString('en')} answers with events, as they came`
  return { what, clean: differing.length === 0, found }
}

/** A part is evidence once it is imported; until then it is where it grew. */
function pathOf(folder: string, own: string, name: string, part: PartLine | undefined): string | undefined {
  // A case may come from anyone, and so may the names in it.
  const paths = [join(own, basename(name)), ...(part ? [join(folder, 'evidence', basename(part.sha256))] : [])]
  return paths.find((path) => existsSync(path))
}

async function differingIn(path: string | undefined, requests: readonly RequestLine[]): Promise<readonly string[]> {
  if (path === undefined) return requests.map(({ n, part }) => `request ${n}: ${part} is missing`)
  const handle = await open(path, 'r')
  const differing: string[] = []
  try {
    for (const { n, offset = 0, length = 0, sha256 } of requests) {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      const now = createHash('sha256').update(bytes.subarray(0, bytesRead)).digest('hex')
      if (now !== sha256) differing.push(`request ${n}: its answer is ${now}, but was ${sha256}`)
    }
  } finally {
    await handle.close()
  }
  return differing
}
