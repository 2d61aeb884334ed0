import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import type { Source, Times } from '../../contract/source'
import type { Candidates, Recognised } from './fitting'
import { look } from './look'
import { recogniseCsv } from './recognise-csv'
import { isPrefixed, recogniseJson } from './recognise-json'
import { isSheet, recogniseSheet } from './recognise-sheet'
import { recogniseText } from './recognise-text'

export type { Recognised } from './fitting'

/** How a file is told to people where not by its path, what the analyst said of its times, and where its records are. */
export interface Asked extends Times {
  readonly name?: string
  readonly list?: readonly string[] | undefined
}

/** Tells how a file is to be read: its shape, and the definitions its records fit, or one guessed from them. */
export function recogniseFile(
  path: string,
  known: readonly Source[],
  wanted?: string,
  { name = basename(path), list, ...times }: Asked = {}
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
    times,
    list,
    sources: usable.filter((source) => source.read.as === as)
  })
  if (isSheet(seen)) return recogniseSheet(seen, among('csv'))
  const begin = seen.head.trimStart()
  if (list) return recogniseJson(seen, among('json'))
  const lines = begin.split(/\r\n|\n|\r/).slice(0, 200)
  const jsonLines = lines.filter((line) => /^\s*[{[]/.test(line)).length
  if (/^[{[]/.test(begin) || jsonLines > lines.length / 2) return recogniseJson(seen, among('json'))
  const text = recogniseText(seen, lines, among('lines'))
  if (text) return text
  return isPrefixed(seen) ? recogniseJson(seen, among('json')) : recogniseCsv(seen, among('csv'))
}
