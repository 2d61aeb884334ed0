// Asks a case for the most frequent values of fields, one question after the other: node out/bench/bench-questions.js <case> <questions>
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Field } from '../src-main/contract/event'
import type { Answers } from '../src-main/contract/query'
import { filterOf } from '../src-main/contract/query-text'
import { createEngine } from '../src-main/engine/engine'

const [folder, questions] = process.argv.slice(2) as [string, string]
const home = mkdtempSync(join(tmpdir(), 'spoor-bench-'))
const engine = createEngine({
  home,
  resources: resolve(import.meta.dirname, '../../resources'),
  version: 'bench',
  events: { importProgress() {}, caseChanged() {}, workChanged() {}, pullProgress() {} }
})
await engine.openCase(resolve(folder))
for (const [field, text] of JSON.parse(questions) as [Field, string][]) {
  const { groups } = (await engine.ask({
    select: 'groups',
    filter: filterOf(text),
    by: [field],
    limit: 10
  })) as Answers['groups']
  for (const { key, count } of groups) console.log(count, key[0])
}
await engine.closeCase()
rmSync(home, { recursive: true, force: true })
