/** The files of a drop. A desktop shell takes folders as they are; a browser must be walked through them. */
export async function droppedFiles(data: DataTransfer, walk: boolean): Promise<readonly File[]> {
  const files = [...data.files]
  if (!walk) return files
  // The list empties itself as soon as the event is over, so entries are taken before anything is awaited.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry())
  if (!entries.some((entry) => entry?.isDirectory)) return files
  return (await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])))).flat()
}

async function filesIn(entry: FileSystemEntry): Promise<readonly File[]> {
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: FileSystemEntry[] = []
  // A reader gives at most a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    found.push(...some)
  }
  // As a folder is read elsewhere: by name. A browser gives its files in any order.
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  return (await Promise.all(found.map(filesIn))).flat()
}
