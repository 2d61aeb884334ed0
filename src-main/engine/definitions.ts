import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../contract/errors'
import type { Field } from '../contract/event'
import type { Source } from '../contract/source'
import type { SourceInfo } from '../contract/source-preview'
import { sqlFault } from './import/sql-fault'
import { checkSource, definitionsIn, faultAt, idIn, invalid, readSource } from './normalise/sources'
import { onWorkbench } from './store/workbench'

/** One file that holds a definition, sound or not. */
interface Definition {
  readonly id: string
  readonly file: string
  readonly yaml: string
  readonly source?: Source
  /** Why it cannot be used. */
  readonly fault?: AppError
}

/** The source definitions there are: those that come with the application, and the analyst's own, which take the place of those. */
export class Definitions {
  readonly #home: string
  readonly #shippedFolder: string
  readonly #ownFolder: string
  /** Texts whose SQL was looked at, and what is wrong with it. */
  readonly #looked = new Map<string, AppError | undefined>()

  constructor(resources: string, home: string) {
    this.#home = home
    this.#shippedFolder = join(resources, 'sources')
    this.#ownFolder = join(home, 'sources')
  }

  /** Those in force. While an own one is faulty nothing can be imported: its records would be taken for something else. */
  async load(): Promise<Source[]> {
    return (await this.#inForce()).map(({ source, fault }) => {
      if (fault || !source) throw fault
      return source
    })
  }

  /** Those in force that are sound: enough to try another beside them. */
  async sound(): Promise<Source[]> {
    return (await this.#inForce()).flatMap(({ source, fault }) => (source && !fault ? [source] : []))
  }

  async list(): Promise<SourceInfo[]> {
    const [shipped, own] = [await this.#shipped(), await this.#own()]
    return (await this.#inForce()).map((one) => {
      const isOwn = own.some(({ file }) => file === one.file)
      const replaces = isOwn && shipped.some(({ id }) => id === one.id)
      return infoOf(one, replaces ? 'replaces' : isOwn ? 'own' : 'shipped')
    })
  }

  /** A definition as it is written. */
  async text(id: string): Promise<string> {
    const found = (await this.#inForce()).find((one) => one.id === id)
    if (found) return found.yaml
    throw new AppError('source_unknown', `There is no source “${id}”. \`spoor sources\` lists those there are.`, {
      suggestion: 'sources'
    })
  }

  /** Keeps a definition in the analyst's own folder. One that cannot be used is refused with the line that is wrong. */
  async save(yaml: string): Promise<SourceInfo> {
    const { id } = readSource(yaml, 'the definition')
    const fault = await this.#faultInSql({ id, yaml, file: 'the definition' })
    if (fault) throw fault
    const file = (await this.#own()).find((one) => one.id === id)?.file ?? join(this.#ownFolder, `${id}.yaml`)
    await mkdir(this.#ownFolder, { recursive: true })
    // Beside it first: a full disk must not leave half a definition in the place of a whole one.
    await writeFile(`${file}.new`, yaml.endsWith('\n') ? yaml : `${yaml}\n`)
    await rename(`${file}.new`, file)
    return (await this.list()).find((one) => one.id === id) as SourceInfo
  }

  /** Takes an own definition away. */
  async remove(id: string): Promise<void> {
    const own = (await this.#own()).find((one) => one.id === id)
    if (own) return rm(own.file)
    const why = 'comes with Spoor and stays; only own definitions can be taken away.'
    throw new AppError('source_unknown', `${id} ${(await this.text(id)) && why}`)
  }

  async #inForce(): Promise<Definition[]> {
    const all = new Map((await this.#shipped()).map((one) => [one.id, one]))
    for (const one of await this.#own()) all.set(one.id, one)
    return [...all.values()]
  }

  #shipped(): Promise<Definition[]> {
    return definitions(this.#shippedFolder)
  }

  async #own(): Promise<Definition[]> {
    const own: Definition[] = []
    for (const one of await definitions(this.#ownFolder)) {
      const fault = one.fault ?? (await this.#faultInSql(one))
      own.push(fault ? { ...one, fault } : one)
    }
    return own
  }

  /** The SQL of a definition runs where a case is written, and one's own may come from anyone. */
  async #faultInSql({ yaml, file, source }: Definition): Promise<AppError | undefined> {
    const checked = source ?? readSource(yaml, file)
    if (!this.#looked.has(yaml)) {
      const found = await onWorkbench(this.#home, (bench) => sqlFault(bench, checked))
      this.#looked.set(yaml, found && invalid(file, faultAt(yaml, found.at, found.sentence)))
    }
    return this.#looked.get(yaml)
  }
}

// Each file is read whenever its definition is wanted, and it seldom differs from the last time.
const known = new Map<string, ReturnType<typeof checkSource>>()
function remembered(yaml: string): ReturnType<typeof checkSource> {
  const checked = known.get(yaml) ?? checkSource(yaml)
  if (known.size > 500) known.clear()
  known.set(yaml, checked)
  return checked
}

async function definitions(folder: string): Promise<Definition[]> {
  const found: Definition[] = []
  for (const file of await definitionsIn(folder)) {
    const yaml = await readFile(file, 'utf8')
    const checked = remembered(yaml)
    const id = 'source' in checked ? checked.source.id : (idIn(yaml) ?? basename(file))
    const twin = found.find((one) => one.id === id)
    if (twin) {
      const fault = invalid(file, { line: 1, sentence: `${twin.file} has the id ${id} too` })
      found.push({ id: `${id} (${basename(file)})`, file, yaml, fault })
    } else if ('fault' in checked) found.push({ id, file, yaml, fault: invalid(file, checked.fault) })
    else found.push({ id, file, yaml, source: checked.source })
  }
  return found
}

function infoOf({ id, file, source, fault }: Definition, origin: SourceInfo['origin']): SourceInfo {
  const { title = id, vendor = '', read, event = {}, retention, keeps } = source ?? {}
  return {
    id,
    title,
    vendor,
    reads: read?.as ?? '',
    fields: Object.keys(event) as Field[],
    ...(retention === undefined ? {} : { retention }),
    ...(keeps === undefined ? {} : { keeps }),
    origin,
    file,
    ...(fault ? { fault: fault.message } : {})
  }
}
