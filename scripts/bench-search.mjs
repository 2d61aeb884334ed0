import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { caseOf } from './bench-cases.mjs'
import { run } from './bench-run.mjs'

/** Asks cases of several sizes what a page asks, and lays beside each other how the answers slow down as the case grows. */
export async function search(sizes = [1_000_000, 5_000_000, 10_000_000]) {
  const measured = []
  for (const events of sizes) {
    console.log(`\n${events.toLocaleString('en')} events, asked over the WebSocket, warm`)
    const folder = await caseOf(events)
    rmSync(join(folder, 'search'), { recursive: true, force: true })
    const { output } = await run(process.execPath, ['out/bench/bench-search.js', folder])
    const lines = output.trimEnd().split('\n')
    console.log(lines.filter((line) => !line.startsWith('#')).join('\n'))
    const notes = lines.filter((line) => line.startsWith('#')).map((line) => JSON.parse(line.slice(1)))
    measured.push(new Map(notes.map(({ what, value }) => [what, value])))
  }
  if (sizes.length < 2) return
  console.log(`\nhow the time grows: ${sizes.map((size) => size.toLocaleString('en')).join(', ')} events`)
  for (const [what] of measured[0]) {
    const row = measured.map((of) => of.get(what))
    const growth = row.at(-1) / row[0] / (sizes.at(-1) / sizes[0])
    const cells = row.map((value) => `${value.toFixed(0)} ms`.padStart(9)).join('')
    console.log(`  ${what.padEnd(46)}${cells}   ${growth.toFixed(2)} of linear`)
  }
}
