import { existsSync, readdirSync } from 'node:fs'
import { join, parse, resolve } from 'node:path'
import { AppError } from '../contract/errors'

/** The paths a word of the command line stands for. The shell has done it already, unless it was quoted or is Windows'. */
export function expandGlob(word: string): readonly string[] {
  const path = resolve(word)
  // A file may really be called that.
  if (existsSync(path) || !/[*?[]/.test(word)) return [path]
  const { root } = parse(path)
  const parts = path.slice(root.length).split(/[/\\]/)
  const found = walk(root, parts).sort()
  if (found.length === 0) throw new AppError('file_missing', `${word}: no file matches.`, { file: word })
  return found
}

function walk(folder: string, [part, ...rest]: readonly string[]): string[] {
  if (part === undefined) return [folder]
  if (part === '**') {
    const below = entries(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    return [
      ...new Set([...walk(folder, rest), ...below.flatMap(({ name }) => walk(join(folder, name), ['**', ...rest]))])
    ]
  }
  if (!/[*?[]/.test(part)) return existsSync(join(folder, part)) ? walk(join(folder, part), rest) : []
  const pattern = patternOf(part)
  return entries(folder)
    .filter(({ name }) => pattern.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .flatMap(({ name }) => walk(join(folder, name), rest))
}

function patternOf(part: string): RegExp {
  const source = part.replace(/\[(!?)([^\]]+)\]|[*?]|[\\^$.|+(){}[\]]/g, (found, negated: string, set: string) => {
    if (found === '*') return '.*'
    if (found === '?') return '.'
    return set ? `[${negated ? '^' : ''}${set.replaceAll('\\', '\\\\')}]` : `\\${found}`
  })
  return new RegExp(`^${source}$`, 's')
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
