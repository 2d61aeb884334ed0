import { AppError } from '../../contract/errors'
import type { Source } from '../../contract/source'
import { rivals } from './rivals'

interface File {
  readonly path: string
  readonly name: string
}

/** Refuses a file whose records fit two definitions equally well: only the analyst can tell which is right. */
export function refuseTie({ path, name }: File, sources: readonly Source[], documents: readonly unknown[]): void {
  const tied = rivals(sources, documents)
  if (tied.length === 0) return
  const named = tied.map(({ id, title }) => `${id} (${title})`)
  const last = named.pop()
  throw new AppError(
    'source_ambiguous',
    `${name} fits ${named.join(', ')} and ${last} equally well. Say which with --source ${tied[0]?.id} or --source ${tied.at(-1)?.id}.`,
    { file: path, sources: tied.map(({ id }) => id) }
  )
}

/** Refuses a guess without a time: events that stand nowhere in time answer little, and the analyst may know better. */
export function refuseTimeless({ path, name }: File, { event }: Source): void {
  if (event['@timestamp'] !== undefined) return
  throw new AppError(
    'source_unmapped',
    `${name}: no source knows it, and no time was found in it. \`spoor sources --new ${name}\` prints a definition to begin with; say in it what is what, then \`spoor sources --add\` it.`,
    { file: path }
  )
}

/** Refuses a source definition that is given as a log, and says where it goes. */
export function refuseDefinition({ path, name }: File, head: string): void {
  if (!/^id:\s/m.test(head) || !/^recognise:/m.test(head) || !/^event:/m.test(head)) return
  throw new AppError(
    'file_not_a_log',
    `${name} is the definition of a source, not a log. Drop it on the window, or keep it with \`spoor sources --add ${name}\`.`,
    { file: path }
  )
}
