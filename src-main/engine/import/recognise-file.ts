import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import type { Source } from '../../contract/source'
import type { Candidates, Recognised } from './fitting'
import { look } from './look'
import { recogniseCsv } from './recognise-csv'
import { recogniseJson } from './recognise-json'
import { recogniseText } from './recognise-text'

export type { Recognised } from './fitting'

/** Tells how a file is to be read: its shape, and the definitions its records fit, or one guessed from them. */
export function recogniseFile(
  path: string,
  known: readonly Source[],
  wanted?: string,
  name = basename(path)
): Recognised {
  const seen = look(path, name)
  const chosen = wanted === undefined ? undefined : known.filter((source) => source.id === wanted)
  if (chosen?.length === 0) {
    throw new AppError('source_unknown', `There is no source “${wanted}”. \`spoor sources\` lists those there are.`, {
      suggestion: 'sources'
    })
  }
  const usable = chosen ?? known
  const among = (as: Source['read']['as']): Candidates => ({
    path,
    name,
    chosen,
    sources: usable.filter((source) => source.read.as === as)
  })
  const begin = seen.head.trimStart()
  const lines = begin.split(/\r\n|\n|\r/).slice(0, 200)
  const jsonLines = lines.filter((line) => /^\s*[{[]/.test(line)).length
  if (/^[{[]/.test(begin) || jsonLines > lines.length / 2) return recogniseJson(seen, among('json'))
  return recogniseText(seen, lines, among('lines')) ?? recogniseCsv(seen, among('csv'))
}
