import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { buildIfStale } from './build.mjs'
import { check } from './check.mjs'
import { installIfNeeded } from './install.mjs'
import { root, runScript } from './run.mjs'
import { testBrowser } from './test-browser.mjs'

// npm test: installs what the tests need, checks, builds, runs all tests, and says at the end how many passed.
const reports = mkdtempSync(join(tmpdir(), 'spoor-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
// Named once more at the end: of a long output often only the end is kept.
const failures = []
const add = (counts) => {
  for (const key of Object.keys(total)) total[key] += counts[key]
}

await installIfNeeded()
const notInOrder = await check()
add({ passed: notInOrder.length ? 0 : 1, failed: notInOrder.length ? 1 : 0, skipped: 0 })
await buildIfStale()
add(await vitest())
add(await playwright())
rmSync(reports, { recursive: true, force: true })
if (notInOrder.length) console.log(`npm run check: not in order: ${notInOrder.join(', ')}`)
for (const test of failures) console.log(`failed: ${test}`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed ? 1 : 0)

async function vitest() {
  const file = join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runScript('vitest/vitest.mjs', args)
  const report = read(file)
  const failed = report?.numFailedTests ?? 0
  failures.push(...(report?.testResults ?? []).flatMap(failuresOf))
  if (code && !failures.length) failures.push(`vitest ended with ${code}: see above`)
  // A file that cannot even be loaded fails the run without a failed test.
  return {
    passed: report?.numPassedTests ?? 0,
    failed: Math.max(failed, code ? 1 : 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  }
}

function failuresOf(file) {
  const name = relative(root, file.name)
  const failed = file.assertionResults.filter((test) => test.status === 'failed')
  if (file.status === 'failed' && !failed.length) return [`${name}: ${file.message}`]
  return failed.map((test) => `${name} › ${test.fullName}\n${test.failureMessages.join('\n')}`)
}

async function playwright() {
  const folder = join(root, 'test', 'e2e')
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith('.spec.ts')))
    return { passed: 0, failed: 0, skipped: 0 }
  const browser = await testBrowser()
  if (!browser) {
    console.error('No browser was found or could be installed for the end-to-end tests.')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const file = join(reports, 'playwright.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, SPOOR_TEST_BROWSER: browser }
  const code = await runScript('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env })
  const stats = read(file)?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }
  // Which they are stands at the end of the list.
  if (stats.unexpected) failures.push(`${stats.unexpected} of the end-to-end tests`)
  if (stats.flaky) console.log(`passed only when tried once more: ${stats.flaky} of the end-to-end tests`)
  return {
    passed: stats.expected + stats.flaky,
    failed: Math.max(stats.unexpected, code ? 1 : 0),
    skipped: stats.skipped
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
