import { isUtf8 } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import { ArchiveFault, type Member } from './member'
import { Truncated } from './truncated'
import { type Compression, unpacked } from './unpack'

const methods: Readonly<Record<number, Compression>> = { 0: 'none', 8: 'deflate', 93: 'zstd' }
// What Office, OpenDocument and Java put into the ZIP files that are theirs.
const documentParts = /^(\[Content_Types\]\.xml|mimetype|META-INF\/MANIFEST\.MF)$/

/**
 * Whether a file that begins as ZIP files do is an archive, a workbook of a spreadsheet (.xlsx), or null: a document of some other program.
 * One that is broken counts as an archive.
 */
export async function kindOfZip(path: string, head: Buffer): Promise<'zip' | 'workbook' | null> {
  if (!/^504b(0304|0506|0708)/.test(head.subarray(0, 4).toString('hex'))) return null
  let zip: ZipFile | undefined
  try {
    zip = await opened(path)
    let [document, workbook] = [false, false]
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      if (documentParts.test(name)) document = true
      if (name === 'xl/workbook.xml') workbook = true
    }
    return workbook ? 'workbook' : document ? null : 'zip'
  } catch {
    return 'zip'
  } finally {
    zip?.close()
  }
}

/** The files of a ZIP archive in the order of its table of contents, which stands at its end. */
export async function* zipMembers(path: string): AsyncGenerator<Member> {
  const zip = await opened(path)
  let index = 0
  let read = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      read += entry.compressedSize
      if (!name.endsWith('/')) yield { ...memberOf(zip, entry, index, name), read }
      index++
    }
  } catch (error) {
    throw error instanceof ArchiveFault ? error : new ArchiveFault(`its table of contents is damaged (${said(error)})`)
  } finally {
    zip.close()
  }
}

const sheet = /^xl\/worksheets\/[^/]+\.xml$/
/** What the cells of a sheet refer to: whether days count from 1904, which numbers are dates, and the texts. */
const sheetNeeds = ['xl/workbook.xml', 'xl/styles.xml', 'xl/sharedStrings.xml']

/** The sheets of a workbook: each with, behind its own XML, the parts of the workbook that its cells refer to. */
export async function* workbookSheets(path: string): AsyncGenerator<Member> {
  const zip = await opened(path)
  try {
    const parts: Omit<Member, 'read'>[] = []
    let index = 0
    for await (const entry of zip.eachEntry()) parts.push(memberOf(zip, entry, index++, nameOf(entry)))
    const needed = sheetNeeds.flatMap((name) => parts.find((one) => one.name === name) ?? [])
    for (const own of parts.filter(({ name }) => sheet.test(name))) {
      const all = [own, ...needed]
      const fault = all.find((one) => one.fault !== undefined)?.fault
      yield {
        ...own,
        bytes: all.reduce((sum, one) => sum + one.bytes + 1, -1),
        packed: all.reduce((sum, one) => sum + (one.packed ?? 0), 0),
        read: own.packed ?? 0,
        ...(fault === undefined ? {} : { fault }),
        content: () => joined(all)
      }
    }
  } catch (error) {
    throw error instanceof ArchiveFault ? error : new ArchiveFault(`its table of contents is damaged (${said(error)})`)
  } finally {
    zip.close()
  }
}

async function* joined(parts: readonly Pick<Member, 'content'>[]): AsyncGenerator<Buffer> {
  for (const [index, part] of parts.entries()) {
    if (index > 0) yield Buffer.from('\n')
    yield* part.content()
  }
}

async function opened(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true })
  } catch (error) {
    throw new ArchiveFault(
      /end of central directory/i.test(said(error))
        ? 'it is cut off: its table of contents, which stands at its end, is missing'
        : `it is damaged (${said(error)})`
    )
  }
}

function memberOf(zip: ZipFile, entry: Entry, index: number, name: string): Omit<Member, 'read'> {
  const { compressionMethod: method } = entry
  const fault = entry.isEncrypted()
    ? 'it is encrypted: unpack the archive with its password, and import what is inside'
    : methods[method]
      ? undefined
      : `it is packed by method ${method}, which is not read here: unpack the archive, and import what is inside`
  return {
    index,
    name,
    modified: entry.getLastModDate(),
    bytes: entry.uncompressedSize,
    packed: entry.compressedSize,
    ...(fault === undefined ? {} : { fault }),
    content: () => contentOf(zip, entry)
  }
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0
  let bytes = 0
  try {
    const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false })
    try {
      for await (const block of unpacked(raw, methods[entry.compressionMethod] ?? 'none')) {
        sum = crc32(block, sum)
        bytes += block.length
        if (bytes > entry.uncompressedSize) break
        yield block
      }
    } finally {
      raw.destroy()
    }
  } catch (error) {
    throw new Truncated(said(error))
  }
  if (bytes !== entry.uncompressedSize || sum !== entry.crc32) throw new Truncated('its checksum does not fit')
}

/** Names that are not said to be UTF-8 are, if they can be: many programs forget to say so. */
function nameOf(entry: Entry): string {
  const { fileNameRaw, generalPurposeBitFlag, extraFields } = entry
  const flags = isUtf8(fileNameRaw) ? generalPurposeBitFlag | 0x800 : generalPurposeBitFlag
  return getFileNameLowLevel(flags, fileNameRaw, extraFields, false)
}

const said = (error: unknown) => (error instanceof Error ? error.message : String(error))
