import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { buildParserFile } from '@lezer/generator'
import { expect, it } from 'vitest'

const contract = 'src-main/contract'
const tidy = (file: string, code: string) =>
  execFileSync('node_modules/.bin/biome', ['check', '--write', `--stdin-file-path=${file}`], {
    input: code,
    encoding: 'utf8'
  })

it('has the parser that its grammar gives (npm run grammar makes it anew)', () => {
  const { parser, terms } = buildParserFile(readFileSync(`${contract}/query.grammar`, 'utf8'), {
    fileName: 'query.grammar',
    moduleStyle: 'es',
    typeScript: true
  })
  // The generator does not know the name of the file it will be written to.
  const named = parser.replaceAll('./parser.terms', './query-parser.terms')
  expect(readFileSync(`${contract}/query-parser.ts`, 'utf8')).toBe(tidy(`${contract}/query-parser.ts`, named))
  expect(readFileSync(`${contract}/query-parser.terms.ts`, 'utf8')).toBe(
    tidy(`${contract}/query-parser.terms.ts`, terms)
  )
})
