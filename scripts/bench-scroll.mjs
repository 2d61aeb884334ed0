import { spawn } from 'node:child_process'
import { caseOf } from './bench-cases.mjs'
import { root } from './run.mjs'
import { testBrowser } from './test-browser.mjs'

/** Scrolls through the events of a case for minutes, as an analyst does who looks for something, and prints what the page holds. */
export async function scroll(events, minutes) {
  const folder = await caseOf(events)
  console.log(`\n${minutes} minutes of scrolling through ${events.toLocaleString('en')} events, in the browser`)
  const host = spawn(process.execPath, ['scripts/spoor.cjs', 'serve', '--case', folder, '--port', '0', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const { chromium } = await import('playwright')
  const browser = await chromium.launch({ executablePath: await testBrowser(), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(await addressOf(host))
    await walk(page, minutes * 60)
  } finally {
    await browser.close()
    host.kill('SIGINT')
  }
}

async function walk(page, seconds) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const table = page.getByRole('grid', { name: 'Events' })
  await table.getByRole('row').nth(5).waitFor()
  const box = await table.boundingBox()
  await table.focus()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const started = performance.now()
  const since = () => (performance.now() - started) / 1000
  const held = []
  let turn = 0
  for (let next = 0; since() < seconds; turn++) {
    if (since() >= next) {
      held.push({ at: since(), ...(await holds(cdp)) })
      next += Math.max(10, seconds / 20)
    }
    // A stretch row by row, then a leap to somewhere else, an event opened and closed now and then.
    for (let step = 0; step < 20; step++) await page.mouse.wheel(0, 400)
    if (turn % 5 === 4) await page.keyboard.press(turn % 2 ? 'Home' : 'End')
    else await page.mouse.wheel(0, ((turn * 7919) % 40) * 100_000 * (turn % 3 ? 1 : -1))
    if (turn % 7 === 6) {
      await page.keyboard.press('Enter')
      await page.waitForTimeout(100)
      await page.keyboard.press('Escape')
    }
    await page.waitForTimeout(150)
  }
  held.push({ at: since(), ...(await holds(cdp)) })
  for (const { at, heap, nodes, listeners } of held)
    console.log(
      `  after ${at.toFixed(0).padStart(4)} s   ${(heap / 1e6).toFixed(1).padStart(6)} MB   ${nodes} nodes   ${listeners} listeners`
    )
  const late = held.filter(({ at }) => at > seconds / 3)
  const slope = (late.at(-1).heap - late[0].heap) / 1e6 / ((late.at(-1).at - late[0].at) / 60)
  console.log(`  ${turn} turns; over the last two thirds ${slope.toFixed(2)} MB a minute`)
}

/** What the page holds once the garbage is collected. */
async function holds(cdp) {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name) => metrics.find((metric) => metric.name === name).value
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

const addressOf = (host) =>
  new Promise((found, failed) => {
    host.stdout.on('data', (text) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/[^\s"]*/.exec(String(text)) ?? []
      if (url) found(url)
    })
    host.on('exit', (code) => failed(new Error(`the host ended with ${code}`)))
  })
